"""How much may be typed where the form asks no question of its own: sheets of the form, and the short forms.

Characters, and how many days more may be asked for. The phone's fields get them by the contract; the server takes at least as much.
"""

# What a household was told: as much at a desk as from a phone. One page of the notice may hold less, and says how much.
EXPLANATION = {"text": 2000, "witness": 60, "materials": 200}
SHORTEST_EXPLANATION = 10

LIMITS = {
    "visitor_name": 20,
    "visitor_unit": 40,
    "visitor_role": 20,
    "visitor_phone": 20,
    "photo_refusal": 60,
    "signature_refusal": 100,
    "witness": 20,
    "soft_reason": 100,
    "observation_text": 500,
    "attempt_reason": 200,
    "urgent_text": 300,
    "discovery_name": 30,
    "discovery_text": 500,
    "extension_days": 90,
    "extension_reason": 200,
    "explanation_open": 120,
    "explanation_text": EXPLANATION["text"],
}
