"""Which two words of a language belong so closely together that no line should end between them?

The lists are closed classes of each language: its articles, its possessives, and its prepositions (in Pashto, the first
parts of those that go around a word). They are the choice of this project, and leave out what stands at the end of a
phrase as often.
"""

from __future__ import annotations

from dataclasses import dataclass

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What a language says of neighbours.

    ``leading`` words lead to the next one; ``doubtful`` ones do so only before one of the ``determiners``: elsewhere
    they may belong to a verb ("come in"). ``before_capital`` are articles only before a noun. No phrase goes on over
    one of the ``joints``. ``units`` follow a number. ``has_telling_capitals`` says that a capital letter inside a
    sentence tells a name.
    """

    leading: frozenset[str] = _NONE
    doubtful: frozenset[str] = _NONE
    before_capital: frozenset[str] = _NONE
    determiners: frozenset[str] = _NONE
    joints: frozenset[str] = _NONE
    units: frozenset[str] = _NONE
    has_telling_capitals: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Signs and short forms after a number, the same everywhere: SI units, money, shares.
UNIT_SIGNS = _words("% ‰ ° °C € $ £ ¥ km m cm mm kg g mg l ml h min s EUR USD")

_ENGLISH_UNITS = _words(
    "year years month months week weeks day days hour hours minute minutes second seconds euro euros cent cents "
    "percent degrees metres meters kilometres kilometers kilos o'clock o’clock am pm a.m. p.m."
)

PHRASES: dict[str, Phrases] = {
    "en": Phrases(
        leading=_words(
            "a an the my your its our their of from with at for into onto between among during until towards "
            "toward against despite upon to via"
        ),
        doubtful=_words(
            "in on by about over under through around after before behind beside near off out up down since without "
            "within across along above below like"
        ),
        determiners=_words("a an the my your his its our their this these those every each any some no"),
        joints=_words("and or but because if when that who which so"),
        units=_ENGLISH_UNITS,
        has_telling_capitals=True,
    ),
    "fr": Phrases(
        leading=_words(
            "le la les un une des mon ma mes ton ta tes son sa ses notre votre leur nos vos leurs du au aux de à "
            "dans sur sous chez vers entre par pour avec sans dès en l’ d’ qu’ j’ n’ s’ m’ t’ c’ jusqu’ lorsqu’ "
            "puisqu’"
        ),
        joints=_words("et ou mais car donc parce si quand que qui"),
        units=_words(
            "an ans année années mois semaine semaines jour jours heure heures minute minutes seconde secondes euro "
            "euros centimes degrés mètres kilomètres kilos"
        ),
        has_telling_capitals=True,
    ),
    "nl": Phrases(
        leading=_words("de een mijn jouw onze van met tot zonder tussen volgens vanaf sinds tijdens wegens per te"),
        doubtful=_words("in op aan uit bij voor over onder om naar door na binnen achter naast tegen langs rond boven"),
        determiners=_words("de het een mijn jouw zijn haar ons onze hun deze die dit dat elke elk geen alle"),
        joints=_words("en of maar want dus omdat als wanneer dat die"),
        units=_words(
            "jaar maand maanden week weken dag dagen uur minuut minuten seconde seconden euro cent procent graden "
            "meter kilometer kilo"
        ),
        has_telling_capitals=True,
    ),
    "de": Phrases(
        leading=_words(
            "der die den dem des eine einen einem eines mein meine meinen meinem dein deine deinen deinem unser "
            "unsere von für ohne gegen bis seit wegen zwischen im am zum zur beim vom ins ans aufs"
        ),
        before_capital=_words("das ein"),
        doubtful=_words("an auf aus bei mit nach vor zu über um unter durch in hinter neben"),
        determiners=_words(
            "der die das den dem des ein eine einen einem einer mein meine dein deine deinen deinem deiner sein "
            "seine ihr ihre unser unsere euer eure dieser diese dieses diesen diesem jeder jede jedes jeden jedem "
            "kein keine"
        ),
        joints=_words("und oder aber denn weil dass wenn ob"),
        units=_words(
            "Jahr Jahre Jahren Monat Monate Monaten Woche Wochen Tag Tage Tagen Stunde Stunden Minute Minuten "
            "Sekunde Sekunden Euro Cent Prozent Uhr Grad Meter Kilometer Kilo"
        ),
    ),
    "ro": Phrases(
        leading=_words(
            "un o unui unei niște la în cu pe din de pentru fără spre prin lângă sub peste către dintre între"
        ),
        joints=_words("și sau dar că dacă când care"),
        units=_words("an ani luni săptămâni zi zile oră ore minut minute secunde euro lei grade metri kilometri"),
        has_telling_capitals=True,
    ),
    "sq": Phrases(
        leading=_words("një të së në me për nga pa te tek mbi nën"),
        joints=_words("dhe ose por se që kur nëse"),
        units=_words("vjeç vjet muaj javë ditë orë minuta sekonda euro lekë gradë metra kilometra"),
        has_telling_capitals=True,
    ),
    "bg": Phrases(
        leading=_words("на в във с със за от до по при без към през под над между"),
        joints=_words("и или но че ако когато който"),
        units=_words("година години месец месеца седмица седмици ден дни час часа минута минути секунди евро лева"),
        has_telling_capitals=True,
    ),
    "vi": Phrases(
        leading=_words("của với tại bằng một các những mỗi"),
        joints=_words("và hay hoặc nhưng vì nếu khi"),
        units=_words("tuổi năm tháng tuần ngày giờ phút giây đồng euro"),
        has_telling_capitals=True,
    ),
    "pcm": Phrases(
        leading=_words("di a for from wit of to"),
        joints=_words("and or but because if wen wey sey"),
        units=_ENGLISH_UNITS,
        has_telling_capitals=True,
    ),
    "ar": Phrases(
        leading=_words("في من إلى على عن مع بدون دون"),
        joints=_words("أو لكن لأن إذا"),
        units=_words("سنة سنوات عام عامًا أعوام شهر أشهر شهرًا أسبوع أسابيع يوم أيام يومًا ساعة ساعات دقيقة دقائق يورو"),
    ),
    "fa": Phrases(
        leading=_words("به از با در برای بدون"),
        joints=_words("و یا اما ولی چون اگر که"),
        units=_words("سال سالگی ماه هفته روز ساعت دقیقه ثانیه یورو درصد"),
    ),
    "ps": Phrases(
        leading=_words("د په له تر"),
        joints=_words("او یا خو که چې"),
        units=_words("کال کاله کلونه کلونو میاشتې اوونۍ ورځې ساعته دقیقې یورو"),
    ),
    # Chinese has no spaces: only what follows a number is told by its first characters
    "zh": Phrases(units=_words("岁 年 个月 月 天 日 周 小时 点 分钟 秒 元 欧元 号 公里 米")),
}


def find_phrases(tag: str) -> Phrases:
    """Give what is known of a language (BCP 47); of most languages only the signs after numbers."""
    return PHRASES.get(tag.split("-", 1)[0].lower(), Phrases())
