"""Feelings that other languages have a word for, and English texts borrow; few models know them."""

LOANWORDS = frozenset(
    {
        *("acedia", "ataraxia", "dolce far niente", "duende", "fernweh", "gemütlichkeit", "gezelligheid"),
        *(
            "hiraeth",
            "hygge",
            "ikigai",
            "joie",
            "kaukokaipuu",
            "komorebi",
            "lagom",
            "litost",
            "mono no aware",
        ),
        *("mudita", "natsukashii", "sehnsucht", "sprezzatura", "torschlusspanik", "toska", "tristesse"),
        *("ubuntu", "vorfreude", "wabi sabi", "wabi-sabi", "waldeinsamkeit", "yugen"),
    }
)
