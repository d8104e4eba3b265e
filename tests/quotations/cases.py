"""What the extractors promise, as tables: article -> relations (kind, source, cue, content …); an empty list is a negative."""

ENGLISH = [
    # marks
    ('"We accept," Safarov said.', [("direct", "Safarov", "said", '"We accept,"')]),
    ('"We accept it all," said Safarov.', [("direct", "Safarov", "said", '"We accept it all,"')]),
    ('Safarov added, "We do not accept any of this.', [("direct", "Safarov", "added", '"We do not accept any of this.')]),
    ('"We accept it," he said. "It must be done today."', [("direct", "he", "said", '"We accept it,"', '"It must be done today."')]),
    ("“We accept it all,” the minister conlcuded.", [("direct", "the minister", "conlcuded", "“We accept it all,”")]),
    ('The minister said the deal was "a great and lasting step" for peace.',
     [("mixed", "The minister", "said", 'the deal was "a great and lasting step" for peace')]),
    ('The "3+3" format will be discussed in Baku.', []),
    # clauses
    ("The minister said that the border was open.", [("indirect", "The minister", "said", "the border was open")]),
    ("The border was open, the minister said in Baku.", [("indirect", "the minister", "said", "The border was open")]),
    ("According to the minister, the border was open.", [("indirect", "the minister", "According to", "the border was open")]),
    ("Safarov expressed hope that trade would grow.", [("indirect", "Safarov", "expressed hope", "trade would grow")]),
    ("Safarov urged improving the roads.", [("indirect", "Safarov", "urged", "improving the roads")]),
    # acts
    ("Safarov condemned the attack on the embassy.", [("speech_act", "Safarov", "condemned", "the attack on the embassy")]),
    ("Safarov called for regional cooperation.", [("speech_act", "Safarov", "called for", "regional cooperation")]),
    ("Safarov expressed his satisfaction with the talks.", [("speech_act", "Safarov", "expressed his satisfaction with", "the talks")]),
    ("Safarov stressed the need for trade and condemned the attack.",
     [("speech_act", "Safarov", "stressed", "the need for trade"), ("speech_act", "Safarov", "condemned", "the attack")]),
    ('"We accept it," Safarov said, stressing the need for trade.',
     [("direct", "Safarov", "said", '"We accept it,"'), ("speech_act", "Safarov", "stressing", "the need for trade")]),
    ("Safarov described the talks as positive.", [("speech_act", "Safarov", "described", "the talks as positive")]),
    # no report
    ("Safarov met his counterpart and visited the museum.", []),
    ("Safarov did not say that the border was open.", []),
    ("Safarov declined to say whether the border was open.", []),
    ("Safarov will announce the decision tomorrow.", []),
    ("If Safarov says that the border is open, trade will grow.", []),
    ("The two sides discussed bilateral trade.", []),
]  # fmt: skip

PERSIAN = [
    ("سفیر ایران در باکو گفت: مرز باز است.", [("direct", "سفیر ایران در باکو", "گفت", "مرز باز است")]),
    ("وي افزود : مرز باز است. تجارت رشد ميكند.", [("direct", "وي", "افزود", "مرز باز است. تجارت رشد ميكند")]),
    ("وزیر گفت که مرز باز است.", [("indirect", "وزیر", "گفت", "مرز باز است")]),
    ("وزیر تأكيد کرد، «این مرز همیشه باز خواهد بود».", [("direct", "وزیر", "تأكيد کرد", "«این مرز همیشه باز خواهد بود»")]),
    ("وزیر بر لزوم همکاری تاکید کرد.", [("speech_act", "وزیر", "تاکید کرد", "لزوم همکاری")]),
    ("وزیر حمله به سفارت را محکوم کرد.", [("speech_act", "وزیر", "محکوم کرد", "حمله به سفارت")]),
    ("وزیر از لغو سفر خبر داد.", [("speech_act", "وزیر", "خبر داد", "لغو سفر")]),
    ("وزیر با اشاره به اهمیت تجارت، گفت: مرز باز است.",
     [("speech_act", "وزیر", "با اشاره به", "اهمیت تجارت"), ("direct", "وزیر", "گفت", "مرز باز است")]),
    ("وزیر با بیان اینکه مرز باز است، افزود: نگران نباشید.",
     [("indirect", "وزیر", "با بیان", "مرز باز است"), ("direct", "وزیر", "افزود", "نگران نباشید")]),
    ("به گفته وی، مرز باز است.", [("indirect", "وی", "به گفته", "مرز باز است")]),
    ("وزیر خواستار بازگشایی مرز شد.", [("speech_act", "وزیر", "خواستار", "بازگشایی مرز")]),
    ("وزیر از تجار خواست مدارک خود را بفرستند.", [("indirect", "وزیر", "خواست", "مدارک خود را بفرستند")]),
    ("در این دیدار اعلام شد که مرز باز است.", [("indirect", "", "اعلام شد", "مرز باز است")]),
    # no report
    ("وزیران دو کشور با یکدیگر دیدار و گفت‌وگو کردند.", []),
    ("وزیر فردا در این باره سخن خواهد گفت.", []),
    ("گفتنی است که این نخستین سفر وزیر است.", []),
    ("این کار بر حجم تجارت افزود.", []),
    ("ساعت ۱۵:۳۰ هواپیما به زمین نشست.", []),
    ("همایش با شعار «همسایگی، فرصت مشترک» برگزار شد.", []),
]  # fmt: skip
