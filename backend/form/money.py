"""S3 income and S4 expenses of the last twelve months (57号 第13条; 刚性支出困难家庭认定办法 第5条)."""

from backend.form.question import Question, Section, equals, one_of

# A thousand times ten thousand yuan; beyond it a number was mistyped.
MOST_FEN = 1_000_000_000
MOST_ENTRIES = 40
# A jin for ten thousand yuan, an animal for a million: beyond it a phone could no longer multiply exactly.
MOST_PRICE_FEN, MOST_HEAD_FEN = 1_000_000, 100_000_000
IN_HOSPITAL = equals("x_code", "M1")
WAGES, OWN_PRODUCE = ("W1", "W2", "W3"), ("B1", "B2", "B3")

# What was grown or raised, for whoever would rather count than guess: the amount follows from it and may be another one.
PRODUCE = (
    Question(
        "i_mu", "亩数", "number", required=False, unit="亩", minimum=0, maximum=500, when=equals("i_code", "B1"), since=4,
        is_extra=True, is_fraction=True,
    ),
    Question(
        "i_yield", "一亩收多少", "number", required=False, unit="斤", minimum=0, maximum=20_000,
        when=equals("i_code", "B1"), since=4, is_extra=True,
    ),
    Question(
        "i_price_fen", "一斤卖多少", "money", required=False, unit="元", maximum=MOST_PRICE_FEN,
        when=equals("i_code", "B1"), hint="自己吃的也按卖价算", since=4, is_extra=True,
    ),
    Question(
        "i_heads", "卖了多少", "number", required=False, unit="头（只）", minimum=0, maximum=100_000,
        when=equals("i_code", "B2"), since=4, is_extra=True,
    ),
    Question(
        "i_head_price_fen", "一头、一只卖多少", "money", required=False, unit="元", maximum=MOST_HEAD_FEN,
        when=equals("i_code", "B2"), since=4, is_extra=True,
    ),
)  # fmt: skip
# By line, what it is counted from; the price comes last.
FACTORS = {"B1": ("i_mu", "i_yield", "i_price_fen"), "B2": ("i_heads", "i_head_price_fen")}

INCOME = Section(
    "S3",
    "收入",
    (
        Question("has_income", "有没有收入", "yes_no", clause="57号 第13条", since=2),
        Question(
            "incomes", "收入", "entries", unit="笔", maximum=MOST_ENTRIES, when=equals("has_income", "yes"),
            clause="57号 第13条", since=2,
            entry=(
                Question("i_code", "哪一项收入", "choice", "IncomeLine", since=2),
                Question("i_member", "谁的收入", "text", required=False, max_length=20, since=2),
                Question(
                    "i_monthly_fen", "一个月多少", "money", unit="元", required=False, maximum=MOST_FEN,
                    when=one_of("i_code", *WAGES), since=2,
                ),
                Question(
                    "i_months", "干了几个月", "number", required=False, unit="个月", minimum=1, maximum=12,
                    when=one_of("i_code", *WAGES), hint="写了月数和一个月多少，下面不用填", since=2,
                ),
                *PRODUCE,
                Question(
                    "i_amount_fen", "十二个月一共多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2,
                ),
                Question(
                    "i_cost_fen", "本钱", "money", unit="元", required=False, maximum=MOST_FEN,
                    when=one_of("i_code", *OWN_PRODUCE), hint="种子、饲料、油钱这些", since=2,
                ),
            ),
        ),
        Question(
            "declared_income_fen", "申报时说的年收入", "money", unit="元", required=False, maximum=MOST_FEN, since=3,
            is_extra=True,
        ),
        Question(
            "is_income_down", "收入比上一年少了很多", "yes_no", required=False, normal="no",
            clause="防返贫监测对象排查", since=2,
        ),
    ),
)  # fmt: skip

EXPENSES = Section(
    "S4",
    "支出",
    (
        Question(
            "has_expenses", "有没有刚性支出", "yes_no", normal="no",
            hint="看病、上学、残疾康复、灾害、修房这些自己掏的钱", since=2,
        ),
        Question(
            "expenses", "刚性支出", "entries", unit="笔", maximum=MOST_ENTRIES, when=equals("has_expenses", "yes"),
            clause="刚性支出困难家庭认定办法 第5条", since=2,
            entry=(
                Question("x_code", "哪一项支出", "choice", "ExpenseLine", since=2),
                Question("x_member", "谁花的", "text", required=False, max_length=20, since=2),
                Question("x_note", "花在什么上", "text", max_length=40, when=equals("x_code", "X"), since=3),
                Question(
                    "x_total_fen", "住院总费用", "money", unit="元", required=False, maximum=MOST_FEN,
                    when=IN_HOSPITAL, since=3,
                ),
                Question(
                    "x_settled_fen", "出院时报销了多少", "money", unit="元", required=False, maximum=MOST_FEN,
                    when=IN_HOSPITAL, hint="医保、大病保险、医疗救助一起", since=3,
                ),
                Question(
                    "x_amount_fen", "自己花了多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2,
                    hint="住院写了总费用、报销的，这里不用填",
                ),
                Question(
                    "x_paid_back_fen", "后来报销、赔付、救助了多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2
                ),
                Question("x_is_receipted", "有票据", "yes_no", required=False, since=2),
                Question(
                    "x_photo", "票据照片", "photo", "PhotoKind", required=False,
                    when=equals("x_is_receipted", "yes"), since=3,
                ),
            ),
        ),
        Question(
            "has_employment_costs", "有没有打工花销", "yes_no", required=False, normal="no",
            hint="路费、房租、工具这些", clause="57号 第13条", since=2,
        ),
        Question(
            "employment_costs", "打工花销", "entries", unit="笔", maximum=MOST_ENTRIES,
            when=equals("has_employment_costs", "yes"), clause="57号 第13条", since=2,
            entry=(
                Question("c_member", "谁的", "text", required=False, max_length=20, since=3),
                Question("c_amount_fen", "十二个月一共多少", "money", unit="元", maximum=MOST_FEN, since=2),
                Question("c_mode", "怎么算的", "choice", "EmploymentCost", required=False, since=3),
            ),
        ),
    ),
)  # fmt: skip
