// Written by `make contract` from backend/codebook and backend/form. Do not edit.
export const LIMITS = {
  visitor_name: 20,
  visitor_unit: 40,
  visitor_role: 20,
  visitor_phone: 20,
  photo_refusal: 60,
  signature_refusal: 100,
  witness: 20,
  soft_reason: 100,
  observation_text: 500,
  attempt_reason: 200,
  urgent_text: 300,
  extension_days: 90,
} as const
