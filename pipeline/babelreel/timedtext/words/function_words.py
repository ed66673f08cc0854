"""Which small words give a language away?

Half of what anybody says is articles, pronouns and prepositions. Counting them tells the languages of the campaign
apart in microseconds, without the model of ``identify``, which takes more than half a second to load.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

_WORD = re.compile(r"[^\W\d_]+")

#: Keyboards write the same Arabic letters with different code points; here they count as one.
_ONE_LETTER = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})


def fold(text: str) -> str:
    """Give a text in one form for each letter: small, composed, Arabic yeh and kaf as Persian writes them.

    The Arabic article becomes a word of its own, after a space, "and" and "with" too. Line feeds stay where they are.
    """
    folded = (text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)).lower()
    if folded.isascii() or "ا" not in folded:
        return folded
    for letter, same in (("ي", "ی"), ("ى", "ی"), ("ك", "ک"), (" وال", " ال "), (" بال", " ال "), (" ال", " ال ")):
        folded = folded.replace(letter, same)
    return folded


def split_words(folded: str) -> list[str]:
    """Give the words of a folded text: runs of letters, so that an apostrophe or a joiner parts two of them."""
    return _WORD.findall(folded)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.translate(_ONE_LETTER).split())


#: By primary language subtag. A word may stand in several lists. Chinese is told by its script.
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "fr": _words(
        "le la les l un une des du de d et est sont tu te t toi ton ta tes je j il elle on nous vous ils elles ne n"
        " pas que qu qui quoi ce c cette cet ces dans pour par sur avec sans au aux en ou où mais si se s sa son ses"
        " leur leurs lui y à a as ai ont plus tout tous toute toutes être avoir peux peut peuvent dois doit comme"
        " aussi alors quand ici là m me mon ma mes votre vos notre nos suis es été fait bien très même donc car entre"
        " sous chez vers quel quelle rien jamais toujours aucun aucune chaque"
    ),
    "en": _words(
        "the a an of to in on at is are was were be been am and or but nor not no you your yours he she it its we"
        " they them their his her him i me my our us this that these those with for from by as if can could may might"
        " must will would shall should do does did don t s re ll ve have has had who whom whose which what when where"
        " why how there here all any some so than then only also just about out up off into without within against"
        " between under over after before through during other such each every everyone one nothing more most very too"
        " own let die same both while because"
    ),
    "nl": _words(
        "de het een en van is zijn was waren wordt worden werd ik je jij jou jouw u uw hij zij ze we wij ons onze hun"
        " hen hem haar dit dat deze die der des den op in aan met voor door bij naar uit om over te ten ter niet geen"
        " of als maar dan ook er hier daar wat wie waar hoe welke kan kun kunt kunnen mag mogen moet moeten heb hebt"
        " heeft hebben had zal zullen wil wilt nog al alle alles ieder iedere iedereen elk elke iets niets niemand tot"
        " tegen zonder tussen onder tijdens meer zo wel nu me mij mijn ben bent zich zelf toch omdat want noch dus"
        " hetzij dient waarin waarvan daarvan hierin af toe"
    ),
    "de": _words(
        "der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen keinem keiner"
        " ist sind war waren wird werden wurde bin bist du dich dir dein deine deinen deiner deinem ich mich mir mein"
        " meine er sie es ihn ihm ihr ihre ihrer ihren ihrem wir uns unser unsere euch sich auf in im an am mit für"
        " von vom zu zum zur bei nach aus um über unter durch ohne gegen zwischen als wie wenn dass daß auch nur noch"
        " schon hier da dort was wer wo warum kann kannst können darf darfst dürfen muss musst müssen hat hast haben"
        " hatte soll sollen so man jeder jede jedes jeden alle aller alles allen sein seine seiner seines seinen"
        " seinem ins dieser diese dieses diesen diesem mehr sehr weder sowie wegen bis vor während sofern selbst"
    ),
    "vi": _words(
        "và là của có không được cho với trong này đó những các một người bạn tôi chúng ta anh chị em ở để thì mà khi"
        " nếu như cũng đã đang sẽ phải hay hoặc từ đến về ra vào lên rất cần muốn làm gì ai đâu nào tại vì do bị bởi"
        " mọi con mình hãy đi nó họ ông bà việc sự trên dưới còn nhưng hơn theo đều cả mỗi thể nhau cùng nên lại đây"
        " chỉ mới sau trước ngoài giữa bất cứ bằng"
    ),
    "sq": _words(
        "e të i në një dhe është për me nga që se nuk s ka kam ke kemi keni kanë ti unë ju ai ajo ne ata ato kjo ky"
        " këtë kësaj këtij këto këta si më te tek pa por ose do mund duhet jam je janë jemi jeni ishte qoftë çdo nëse"
        " kur ku çfarë ç kush edhe vetëm shumë tënd tënde tuaj tua yt jote tij saj tyre tim ime ndaj së u mos ta t ty"
        " këtu atje po nën mbi gjithë asnjë askush cila cili cilin cilën duke tjetër tjera ndonjë kundër midis"
        " ndërmjet gjatë veten vet as çdokush secili aq kështu tani"
    ),
    "ro": _words(
        "și şi în de la cu pe nu n o un una unei unui unor ale al a ai ei lor lui este e ești eşti sunt sînt eu tu te"
        " el ea noi voi că care cărui ce să din pentru prin sau dar ci ca mai am are avem aveți au fi fost fie va vei"
        " vor poate poți poţi pot trebuie dacă când cînd unde cum aici acolo orice oricine fără între după până pînă"
        " cel cea cei cele acest această aceste acestei acestui acesta acestor îți îţi ți își îşi îi mă ta tău tale"
        " tăi său sa sale săi nici numai doar foarte tot toate toți toţi asupra ori fiecare niciun nicio nimeni nimic"
        " împotriva i s l se ne ni unul alt altă alte"
    ),
    "bg": _words(
        "и на в във не да се си е са съм сме сте по за от до с със че който която което които кой кои какво какви как"
        " къде кога ако или но а ли ще му й ѝ ги го я ти те теб твой твоя твоят твоите твоето ми ме мен аз той тя то"
        " ние вие тези този тази това онези тук там има няма имаш имат може могат можеш можете трябва само още също"
        " без към през при след под над преди всеки всяка всяко всички всичко много така както ни им бъде бъдат никой"
        " нито между като поради относно освен свои своя своята своето неговата неговите ето сега никога"
    ),
    "ar": _words(
        "في من على إلى الى عن أن ان إن أنت أنا هو هي نحن هم لا لم لن ما هذا هذه ذلك تلك التي الذي الذين كل أو او ثم"
        " قد كان كانت يكون تكون هل كيف متى أين ماذا لماذا مع عند بعد قبل بين حتى إذا لك له لها لهم بك به بها لنا يمكنك"
        " حقك لديك ليس غير كما أي أية دون هنا هناك فقط أيضًا أيضا جدا لكل ولا وفي ومن وأن وعلى وإلى ولكل وله فيها فيه"
        " عليه عليها منه منها أنه أنها بأن بما مما أنك إنه سواء ضد خلال حول نفسه نفسك لأي وهو وهي ولم إلا لدى أثناء"
        " يجب يجوز وكل وذلك لكي كي والتي ال"
    ),
    "fa": _words(
        "و در به از که این آن را با برای است هست هستی هستند هستیم نیست نیستی بود شد شود شوند می نمی ها های ای تو من"
        " ما شما او آنها آنان ایشان خود هر یا اگر هم تا بر بی چه کجا چرا چگونه باید باشد باشند باشی کرد کند کنی کنید"
        " کنند داری دارد دارند دارم داشته کسی کس یک هیچ همه نه ولی اما دیگر پس اینجا آنجا فقط خیلی بدون مورد بین پیش"
        " برایت حالا آیا شده کردن بودن گردد گیرد مانند نباید تمام میان خواهد توان توانی تواند اش اند ام ات چنین همان"
        " نیز گونه حق روی وی"
    ),
    "ps": _words(
        "بین د په او چې چه ته له سره نه دي ده دی کې کښې هغه دا دغه یې مې دې خپل خپله خپلو هر يا که څوک څه چا شي شوي شوی"
        " وي کړي کوي کولی کولای لري لرې لرم لپاره دپاره څخه نو باندې باندی ترڅو تر ځکه موږ مونږ تاسو زه هغوی هغې هغو"
        " دوی ستا زما نشي ولري وکړي دلته هلته هم بل بله ټول ټولو هیڅ څنګه چیرته کله یوازې ډېر ډیر پرته پر پورې درته"
        " راته ورته دغو یو یوه لکه خو سی ئې حق بايد"
    ),
    "pcm": _words(
        "dey di wey na no fit get wetin dem una am im e don go for wit and oda odas pikin abeg neva make sey say de"
        " dis dat dose tok wan inside join on becos becoz anoda evri everi pipul pesin be sabi waka com come mek den"
        " to you your we our us ur only too any all as from of or if"
    ),
}


def count_hits(words: Iterable[str], primary: str) -> int:
    """Count the words that stand in the list of a language; 0 for a language without a list."""
    known = FUNCTION_WORDS.get(primary, frozenset())
    return sum(word in known for word in words)


def is_plainly(words: Collection[str], own: Collection[str], others: Collection[str]) -> bool:
    """Tell whether a long text is surely in one of its ``own`` languages and in none of the ``others``.

    One word in five must be of its own language, and twice as many as of any other. A language without a list is never
    plain, and none is plain beside it.
    """
    if not all(each in FUNCTION_WORDS for each in (*own, *others)):
        return False
    best = max((count_hits(words, each) for each in own), default=0)
    return 5 * best >= len(words) > 0 and all(best >= 2 * count_hits(words, each) for each in others)
