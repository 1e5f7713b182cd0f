"""Two tellings of five years in a village, to put together in any order and with any dates."""

EVENTS = {
    "school": (
        ("5 मार्च 2018", "March 5, 2018"),
        "गाँव में पहला स्कूल खुला। तीस बच्चों ने दाखिला लिया।",
        "The first school opened in the village. Thirty children enrolled.",
    ),
    "bridge": (
        ("12 जुलाई 2019", "July 12, 2019"),
        "नदी पर लकड़ी का पुल बाढ़ में बह गया। सेना ने नावें भेजीं।",
        "The wooden bridge over the river was washed away by a flood. The army sent boats.",
    ),
    "hospital": (
        ("1 फरवरी 2021", "February 1, 2021"),
        "अस्पताल को नई एम्बुलेंस मिली। डॉक्टरों ने मंत्री का धन्यवाद किया।",
        "The hospital received a new ambulance. Doctors thanked the minister.",
    ),
    "cricket": (
        ("9 नवंबर 2022", "November 9, 2022"),
        "टीम ने क्रिकेट का फाइनल पाँच विकेट से जीता। कप्तान को पुरस्कार मिला।",
        "The team won the cricket final by five wickets. The captain received an award.",
    ),
    "trees": (
        ("22 अप्रैल 2023", "April 22, 2023"),
        "किसानों ने सड़क के किनारे दो हज़ार पेड़ लगाए। बारिश समय पर आई।",
        "Farmers planted two thousand trees along the road. The rain came on time.",
    ),
}
ORDER = list(EVENTS)
PREAMBLE = ("गाँव के पाँच साल की कहानी।", "The story of five years in a village.")
HEADED, OPENED, BARE = "{date}\n{text}\n", "{date}: {text}\n", "{text}\n"


def hindi(events: list[str] = ORDER, *, dates: dict[str, str] | None = None, form: str = HEADED) -> str:
    """Return the Hindi telling of `events` in that order; `dates` replaces dates, blank for none."""
    return _tell(0, events, dates or {}, form)


def english(events: list[str] = ORDER, *, dates: dict[str, str] | None = None, form: str = HEADED) -> str:
    """Return the English telling."""
    return _tell(1, events, dates or {}, form)


def _tell(side: int, events: list[str], dates: dict[str, str], form: str) -> str:
    lines = [f"{PREAMBLE[side]}\n"]
    for event in events:
        date = dates.get(event, EVENTS[event][0][side])
        lines.append((form if date else BARE).format(date=date, text=EVENTS[event][1 + side]))
    return "".join(lines)
