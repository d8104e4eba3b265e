import pytest

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.people.offices import country_in, read_office, states, without_title
from reported_speech.people.registry import registry
from reported_speech.people.spelling import slug


def speakers(article):
    return [q.speaker for q in next(analyse([parse(article, "a.txt")])).quotations]


@pytest.mark.parametrize(("article", "expected"), [
    ("Iranian speaker Ghalibaf said that it rained.", ["mohammad-bagher-ghalibaf"]),
    ("Qalibaf said that it rained. He added that it snowed.", ["mohammad-bagher-ghalibaf"] * 2),
    ("Speaker Sahiba Gafarova met Qalibaf. She said that it rained.", ["sahiba-gafarova"]),
    ("Azerbaijani speaker Sahiba Gafarova met Qalibaf. The Azeri speaker said that it rained.", ["sahiba-gafarova"]),
    ("Georgian Foreign Minister Maka Lomidze arrived. Lomidze said that it rained.", ["maka-lomidze"]),
    ("The two sides said that trade was growing.", ["both-sides"]),
    ("Tehran said that it rained.", ["iran"]),
    ("Officials said that it rained.", [""]),
    ("حمید نیک‌روش، عضو کمیسیون امنیت ملی گفت: باران آمد.\nنماینده مردم مرند افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    ("حمید نیک‌روش نماینده تبریز گفت: باران آمد.\nنماینده مردم مرند گفت: برف آمد.",
     [slug("حمید نیک‌روش"), "representative-of-mardam-marnad"]),
    # an office without a country is one of the article's own side, though another's is told first
    ("وزیر امور خارجه گفت: باران آمد.\nمحسن رادپور در نشست با الچین ممدلی وزیر امور خارجه جمهوری آذربایجان گفت: برف آمد.\n"
     "الچین ممدلی گفت: باد آمد.", [slug("محسن رادپور")] * 2 + [slug("الچین ممدلی")]),
    # a rank is no office
    ("رئیس پلیس مازندران گفت: باران آمد.\nسرهنگ حمید نیک‌روش افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    ("A person close to the board said that it rained.", [""]),
    ("ایران و عراق دیدار کردند.\nدر بیانیه مشترکی که منتشر شد آمده است: «مرز باز است.»", ["both-sides"]),
    ("باران آمد.\nبرف آمد.\nباران آمد.\nدر همین حال وکیل مدافع متهم گفت که مرز باز است. به گفته مریم هوشمند، راه بسته است.",
     [slug("مریم هوشمند")] * 2),
    ("It was stressed during the meeting that trade was growing.", ["both-sides"]),
    ("It was stressed that trade was growing.", [""]),
    ("رئیس مجلس، محمدباقر قالیباف گفت: باران آمد.\nوی افزود: برف آمد.", ["mohammad-bagher-ghalibaf"] * 2),
    ("قاليباف گفت: باران آمد.", ["mohammad-bagher-ghalibaf"]),
    ("دو طرف بر لزوم همکاری تاکید کردند.", ["both-sides"]),
    ("سفیر گرجستان، نیکا لومیدزه گفت: باران آمد.\nلومیدزه افزود: برف آمد.", [slug("نیکا لومیدزه")] * 2),
    ("اعلام شد که باران آمد.", [""]),
    # offices of the last speaker, whom the text gives no other; "also" brings somebody else, "a" means anybody
    ("حمید نیک‌روش گفت: باران آمد.\nنماینده اردبیل افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    ("حمید نیک‌روش گفت: باران آمد.\nیک دیپلمات گفت: برف آمد.", [slug("حمید نیک‌روش"), ""]),
    ("استاندار اردبیل گفت: باران آمد.\nحمید نیک‌روش افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    ("Kamran Safarov said that it rained. The regional governor added that it snowed.", ["kamran-safarov"] * 2),
    ("Kamran Safarov said that it rained. A governor added that it snowed.", ["kamran-safarov", ""]),
    ("The Armenian side said that it rained.", ["armenia"]),
    ("Iran's embassy in Baku said that it rained. The mission added that it snowed.", ["embassy-of-iran"] * 2),
    ("MP Kamran Safarov said that it rained. Deputy Minister Rasim Aliyev came. The deputy left, the lawmaker said.",
     ["kamran-safarov"] * 2),
    ("Iran's Ambassador to Armenia Karim Safavi said that it rained.", ["karim-safavi"]),
    ("Kamran Safarov arrived. In the words of Safarov, it rained.", ["kamran-safarov"]),
    # several of one country are nobody; somebody unnamed is not who was named before; "the minister" is who just spoke
    ("Iranian officials said that it rained.", [""]),
    ("منابع آذربایجانی گفتند که باران آمد.", [""]),
    ("Kamran Safarov came. A senior official said that it rained.", [""]),
    ("A source in the Armenian government said that it rained.", [""]),
    ("Deputy Minister Rasim Aliyev came. Roads Minister Leyla Safarova said that it rained. It snowed, the minister said.",
     ["leyla-safarova"] * 2),
    ("سردار حمید نیک‌روش گفت: باران آمد.\nفرمانده مرزبانی اردبیل افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    ("Georgian Foreign Minister Maka Lomidze met her Armenian counterpart Aram Petrosyan and Armenian Interior Minister Gevorg "
     "Simonyan. Lomidze said that it rained. Her Armenian counterpart said that it snowed.", ["maka-lomidze", "aram-petrosyan"]),
    # an office that ends in a place; "al-" before a family name; "Ms" against a given name; "each side"
    ("Minister of Industry of Armenia Arev Danielyan came. Danielyan said that it rained. The minister added that it snowed.",
     ["arev-danielyan"] * 2),
    ("Chairman of the Sughd region Daler Ashurmatov came. Ashurmatov said that it rained.", ["daler-ashurmatov"]),
    ("Oil Undersecretary Faisal al-Dabbous came. It rained, al-Dabbous said.", ["faisal-al-dabbous"]),
    ("Secretary Rukhsana Tariq Abbasi came. Ms Abbasi said that it rained. She added that it snowed.",
     ["rukhsana-tariq-abbasi"] * 2),
    ("Iran and Armenia met. Each side blamed the other for the rain.", ["both-sides"]),
    ("The United States said that it rained.", ["united-states"]),
    # any body that was named is "the agency"; a note speaks for who wrote it; an expert in the opening is named next
    ("Georgia's Revenue Service said that it rained. The agency insisted that it snowed.", ["revenue-service-of-georgia"] * 2),
    ("The agency insisted that it snowed.", ["agency"]),
    ("Meridian Credit wrote in a note that it rained. It snowed, the note said.", ["meridian-credit"] * 2),
    ("A UN expert said that it rained.\n\nKamran Safarov, the Special Rapporteur on floods, said that it snowed.", ["kamran-safarov"] * 2),
    ("The European Commission said that it rained. It snowed, the spokesperson added.", ["european-commission"] * 2),
    ("Foreign Ministry spokeswoman Leyla Safarova said that it rained. It snowed, the spokeswoman added.", ["leyla-safarova"] * 2),
    ("The EU monitoring mission said that it rained.", ["eu-monitoring-mission"]),
    ("Dale Whitcomb came. Whitcomb said that it rained.", ["dale-whitcomb"]),
    ("Minister of Energy and Transport Elshan Rahmanli came. Rahmanli said that it rained.", ["elshan-rahmanli"]),
    # who gives a document out; the thing that a spokesman speaks for; an office of the country just named
    ("According to a statement released by the Embassy of Armenia in Tehran, it rained.", ["embassy-of-armenia"]),
    ("According to official figures, it rained.", [""]),
    ("The Caspian Rain Agency (CRA) said that it rained. The CRA added that it snowed.", ["caspian-rain-agency-cra"] * 2),
    ("According to a poll by the Meridian Institute, it rained.", ["meridian-institute"]),
    ("A government source said that it rained.", [""]),
    ("در پایان این نشست توافق شد که مرز باز شود.", ["both-sides"]),
    ("پدر یکی از رانندگان گفت که باران آمد.", [""]),
    ("مریم هوشمند کارگردان فیلم گفت که باران آمد.\nاین کارگردان افزود که برف آمد.", [slug("مریم هوشمند")] * 2),
    ("رضا مرادی و سارا نیکبخت گفتند که باران آمد.", ["reza-moradi+sara-nikbakht"]),
    ("Deputy PM Kamran Safarov said that it rained. According to the Deputy PM, it snowed.", ["kamran-safarov"] * 2),
    ("کمران صفراف وزیر خارجه گرجستان با حمید نیک‌روش سفیر این کشور آمد. سفیر گرجستان گفت که باران آمد.", [slug("حمید نیک‌روش")]),
    ("شماری از بازرگانان می‌گویند که باران آمد.", [""]),
    ("فریده احمدزی گفت که باران آمد.\nبه گفته بانو احمدزی، برف آمد.", [slug("فریده احمدزی")] * 2),
    # data and a statement are whose body gives them out
    ("بر اساس آمار وزارت امور خارجه گرجستان، صادرات رشد کرد.", ["ministry-of-foreign-affairs-of-georgia"]),
    ("در اطلاعیه وزارت امور خارجه گرجستان آمده است: باران آمد.", ["ministry-of-foreign-affairs-of-georgia"]),
    # the words of a headline are whose the article says below
    ("‘Every seafarer must be paid’: states sign an accord\n\nIt snowed, Leyla Safarova said.\n\n"
     "“Every seafarer must be paid, and soon,” Kamran Safarov said.", ["kamran-safarov", "leyla-safarova", "kamran-safarov"]),
    # names beside an office, of whom no given name is known, or whose family name is a word
    ("با بایرام‌گلدی آمانف رئیس آژانس گاز دیدار شد.\nرئیس آژانس گاز گفت: باران آمد.", [slug("بایرام‌گلدی آمانف")]),
    ("فرهاد ستوده معاون وزیر راه آمد.\nستوده گفت: باران آمد.", [slug("فرهاد ستوده")]),
    ("به گزارش ایرنا، بهروز تاجیک نیا در تبریز گفت: باران آمد. تاجیک نیا افزود: برف آمد.", [slug("بهروز تاجیک نیا")] * 2),
    ("According to Geostat, Armenia sold more grapes. Geostat said that it rained.", ["geostat"] * 2),
    ("Those said that it rained.", [""]),
    ("Rasim Aliyev, a former aide to President Kamran Safarov, said that it rained.", ["rasim-aliyev"]),
    ("Kamran Safarov came. Mrs. Safarova said that it rained.", ["safarova"]),
    ("حمید نیک‌روش، رئیس اتاق مشترک ایران و ازبکستان، گفت: باران آمد.", [slug("حمید نیک‌روش")]),
    ("حمید نیک‌روش فرمانده مرزبانی سیستان گفت: باران آمد.\nفرمانده مرزبانی استان افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    # the headline's speaker goes on in the lead by office; a member is somebody of another office, too; a spokesman is named next
    ("نیک‌روش: باران آمد\n\nرئیس گروه دوستی ایران و گرجستان گفت: برف آمد.\n\nحمید نیک‌روش نماینده مردم اردبیل افزود: باد آمد.",
     [slug("حمید نیک‌روش")] * 3),
    ("حمید نیک‌روش نماینده مردم اردبیل گفت: باران آمد.\nعضو کمیسیون انرژی مجلس افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    ("سخنگوی وزارت امور خارجه گفت: باران آمد.\nحمید نیک‌روش افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    ("K. S.: Did it rain?\nKamran Safarov came.\nK. S.: And did it snow?", ["kamran-safarov"] * 2),
])  # fmt: skip
def test_who_speaks(article, expected):
    assert speakers(article) == expected


def test_a_title_is_read_as_of_the_date():
    article = "date {} Rain in Tehran\nThe Iranian foreign minister said that it rained."
    assert speakers(article.format("2022-05-01")) == ["hossein-amir-abdollahian"]
    assert speakers(article.format("2025-05-01")) == ["abbas-araghchi"]
    undated = speakers(article.format("").replace("date  ", ""))
    assert undated == ["foreign-minister-of-iran"]


def test_a_bare_family_name_is_confined_to_its_document():
    analysis = next(analyse([parse("Rezaei said that it rained.", "a.txt")]))
    assert [analysis.actors[q.speaker].only_in for q in analysis.quotations] == ["a.txt"]


@pytest.mark.parametrize(("article", "addressee"), [
    ("Qalibaf told Sahiba Gafarova that it rained.", "sahiba-gafarova"),
    ("Qalibaf said in a meeting with Jeyhun Bayramov that it rained.", "jeyhun-bayramov"),
    ("Qalibaf said that it rained.", ""),
])  # fmt: skip
def test_who_is_spoken_to(article, addressee):
    assert [q.addressee for q in next(analyse([parse(article, "a.txt")])).quotations] == [addressee]


def test_unresolved_says_why():
    quotation = next(analyse([parse("Officials said that it rained.", "a.txt")])).quotations[0]
    assert quotation.speaker_evidence == "unresolved: collective source “Officials”"


@pytest.mark.parametrize(("text", "language", "short"), [
    ("the speaker of Azerbaijan’s National Assembly", "en", "the Azeri speaker"),
    ("Iranian Foreign Minister", "en", "the minister"),
    ("وزیر امور خارجه جمهوری آذربایجان", "fa", "وزیر خارجه آذربایجان"),
    ("رئیس مجلس شورای اسلامی ایران", "fa", "رئیس مجلس"),
])  # fmt: skip
def test_a_shorter_title_fits(text, language, short):
    assert read_office(text, language).fits(read_office(short, language), language)


@pytest.mark.parametrize(
    ("text", "other"), [("Iranian speaker", "the Azeri speaker"), ("foreign minister", "defense minister")]
)
def test_another_title_does_not_fit(text, other):
    assert not read_office(text, "en").fits(read_office(other, "en"), "en")


def test_titles_come_off_names():
    assert without_title("Dr. Maka Lomidze", "en") == "Maka Lomidze"
    assert country_in("the visiting delegation", "en") == ""


def test_the_registry_is_sound():
    actors = registry()
    names = [(n, a.actor_id) for a in actors.values() for n in (*a.names_en, *a.names_fa)]
    assert len({n for n, _ in names}) == len(names), "one name for two actors"
    assert all(a.country == "" or (len(a.country) == 3 and a.country.isupper()) for a in actors.values())
    assert all(r.source for a in actors.values() for r in a.roles), "a role without a source"
    assert all(slug(a.actor_id) == a.actor_id for a in actors.values())


def test_seed_actors_are_found(root, analyses):
    wanted = {
        "mohammad-bagher-ghalibaf",
        "sahiba-gafarova",
        "jeyhun-bayramov",
        "ali-shamkhani",
        "khalaf-khalafov",
        "mojtaba-zolnour",
        "abbas-mousavi",
        "vasif-talibov",
    }
    assert wanted <= {m.actor_id for a in analyses for m in a.mentions}


@pytest.mark.parametrize(("article", "expected"), [
    ("The Foreign Ministry of Georgia said in a statement that it rained. The statement added that the border was open.",
     ["ministry-of-foreign-affairs-of-georgia"] * 2),
    ("The Foreign Ministry of Georgia said that it rained. The statement added that the border was open.",
     ["ministry-of-foreign-affairs-of-georgia", ""]),
    ("وزارت امور خارجه گرجستان با انتشار بیانیه‌ای اعلام کرد که باران آمد.\nدر این بیانیه آمده است: مرز باز است.",
     ["ministry-of-foreign-affairs-of-georgia"] * 2),
])  # fmt: skip
def test_a_statement_speaks_for_who_gave_it_out(article, expected):
    assert speakers(article) == expected


@pytest.mark.parametrize(("article", "expected"), [
    # full name, initials, family name, its sound, first name; family name first; several parts; capitals; a word that is a name
    ("Rasim Mammadov came. R. Mammadov said that it rained.", ["rasim-mammadov"]),
    ("Rasim Mammadov came. R.Mammadov said that it rained.", ["rasim-mammadov"]),
    ("Secretary Morteza Qolizadeh came. Gholizadeh said that it rained.", ["morteza-qolizadeh"]),
    ("Premier Lu Weimin came. Lu said that it rained.", ["lu-weimin"]),
    ("Minister Faisal Al Harrasi came. Al Harrasi said that it rained.", ["faisal-al-harrasi"]),
    ("Vahe Ter-Hovakimian, the secretary of the council, came. Ter-Hovakimian said that it rained.", ["vahe-ter-hovakimian"]),
    ("Ingrid Halvorsen (Norway) came. The Norwegian diplomat said that it rained.", ["ingrid-halvorsen"]),
    ("Minister May said that it rained.", ["may"]),
    ("Kamran Safarov praised the 15th General Assembly. He said that it rained.", ["kamran-safarov"] * 2),
    ("سفیر گرجستان، علی حق‌شناس گفت: باران آمد.\nحق شناس افزود: باران آمد.", [slug("علی حق‌شناس")] * 2),
    ("Rasim Mammadov came. Rashid Karimov said that it rained.", ["rashid-karimov"]),
    # two of one family name are told apart by title and gender, else the last named is meant
    ("Speaker Zviad Lomidze and lawmaker Nana Lomidze came. Speaker Lomidze said that it rained.", ["zviad-lomidze"]),
    ("Speaker Zviad Lomidze and lawmaker Nana Lomidze came. Ms. Lomidze said that it rained.", ["nana-lomidze"]),
    # agencies, months, towns, sites and offices are no people
    ("Twitter said that it rained.", [""]),
    ("Policy Chief said that it rained.", ["policy-chief"]),
])  # fmt: skip
def test_names_become_people(article, expected):
    assert speakers(article) == expected


@pytest.mark.parametrize(("article", "expected"), [
    ("Nadia Holm came. The Norwegian diplomat, she said, was late.", ["nadia-holm"]),
    ("Reza Karimi, governor of Gilan, came. The governor said that it rained.", ["reza-karimi"]),
    ("Uzbek authorities said that it rained.", ["uzbekistan"]),
    ("The Uzbek MFA said that it rained.", ["ministry-of-foreign-affairs-of-uzbekistan"]),
    ("The Ministry of Transport of Turkmenistan said that it rained. The ministry added that it snowed.",
     ["ministry-of-transport-of-turkmenistan"] * 2),
    ("Foreign Minister Maka Lomidze came. The deputy foreign minister said that it rained.", ["deputy-foreign-minister"]),
    ("وزیر خارجه گرجستان ماکا لومیدزه آمد.\nاین دیپلمات گفت: باران آمد.", [""]),
    ("وزیر خارجه گرجستان ماکا لومیدزه گفت: باران آمد.\nاین دیپلمات افزود: برف آمد.", [slug("ماکا لومیدزه")] * 2),
    ("مقامات ازبکستان اعلام کردند که باران آمد.", ["uzbekistan"]),
])  # fmt: skip
def test_offices_and_bodies_speak(article, expected):
    assert speakers(article) == expected


@pytest.mark.parametrize(("article", "expected"), [
    ("Nadia Holm and Tarek Oduya said that it rained.", ["nadia-holm+tarek-oduya"]),
    ("Russia and Turkey said that it rained.", ["russia+turkey"]),
    ("Foreign Minister Nadia Holm met her Turkish counterpart Kemal Yalcin. She and her Turkish counterpart said that it rained.",
     ["nadia-holm+kemal-yalcin"]),
    ("The three ministers said that it rained.", ["both-sides"]),
    ("ایران، روسیه و ترکیه تاکید کردند که باران آمد.", ["iran+russia+turkey"]),
    ("وزیران خارجه سه کشور تاکید کردند که باران آمد.", ["both-sides"]),
    ("The Minister of Trade and Industry said that it rained.", ["minister-of-trade-and-industry"]),
])  # fmt: skip
def test_several_speak_together(article, expected):
    assert speakers(article) == expected


def test_what_the_text_says_of_somebody_has_its_place():
    article = "Reza Karimi, governor of Gilan, said that it rained."
    role = next(analyse([parse(article, "a.txt")])).actors["reza-karimi"].roles[0]
    assert (role.title_en, role.source) == ("governor of Gilan", "a.txt#char=13,30")


def test_the_states_of_the_world_are_known_in_both_languages():
    assert len(states()) > 190 and all(s.names["en"] for s in states().values())
    assert {country_in(w, "en") for w in ("the Uzbek MFA", "Reykjavik", "Brazilian", "NORWAY")} == {
        "UZB",
        "ISL",
        "BRA",
        "NOR",
    }
    assert {country_in(w, "fa") for w in ("وزیر خارجه گرجستان", "کره شمالی", "مجارستان")} == {"GEO", "PRK", "HUN"}
    assert not country_in("to polish the text", "en") and not country_in("بحران مالی", "fa")
