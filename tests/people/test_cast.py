import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.people import cast
from reported_speech.people.registry import registry, slug
from reported_speech.people.titles import country_in, read_title, without_title


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
    # several of one country are a group; somebody unnamed is not who was named before; "the minister" is who just spoke
    ("Iranian officials said that it rained.", ["iranian-officials"]),
    ("منابع آذربایجانی گفتند که باران آمد.", [slug("منابع آذربایجانی")]),
    ("Kamran Safarov came. A senior official said that it rained.", [""]),
    ("A source in the Armenian government said that it rained.", [""]),
    ("Deputy Minister Rasim Aliyev came. Roads Minister Leyla Safarova said that it rained. It snowed, the minister said.",
     ["leyla-safarova"] * 2),
    ("سردار حمید نیک‌روش گفت: باران آمد.\nفرمانده مرزبانی اردبیل افزود: برف آمد.", [slug("حمید نیک‌روش")] * 2),
    ("Georgian Foreign Minister Maka Lomidze met her Armenian counterpart Aram Petrosyan and Armenian Interior Minister Gevorg "
     "Simonyan. Lomidze said that it rained. Her Armenian counterpart said that it snowed.", ["maka-lomidze", "aram-petrosyan"]),
    ("K. S.: Did it rain?\nKamran Safarov came.\nK. S.: And did it snow?", ["kamran-safarov"] * 2),
])  # fmt: skip
def test_who_speaks(article, expected):
    assert speakers(article) == expected


def test_a_title_is_read_as_of_the_date():
    article = "date {} Rain in Tehran\nThe Iranian foreign minister said that it rained."
    assert speakers(article.format("2022-05-01")) == ["hossein-amir-abdollahian"]
    assert speakers(article.format("2025-05-01")) == ["abbas-araghchi"]
    undated = speakers(article.format("").replace("date  ", ""))
    assert undated == ["iranian-foreign-minister-in-a"]


def test_a_bare_family_name_carries_its_document():
    assert speakers("Rezaei said that it rained.")[0].endswith("-in-a")


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
    assert read_title(text, language).fits(read_title(short, language))


@pytest.mark.parametrize(
    ("text", "other"), [("Iranian speaker", "the Azeri speaker"), ("foreign minister", "defense minister")]
)
def test_another_title_does_not_fit(text, other):
    assert not read_title(text, "en").fits(read_title(other, "en"))


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


@given(names=st.lists(st.lists(st.sampled_from(["Ali", "ali", "zade", "Alizade", "Ka", "rimi", "Karimi"]), min_size=1, max_size=3).map(" ".join)))  # fmt: skip
def test_the_fullest_form_of_a_name_is_found_as_by_reading_them_all(names):
    full = list(dict.fromkeys(n for n in names if " " in n))

    def of(name):
        words, squeezed = name.split(), name.replace(" ", "")
        same = [n for n in full if n.split()[-1] == words[-1] and {*words} <= {*n.split()}]
        same += [n for n in full if len(words) == 2 and n.replace(" ", "")[1:].endswith(squeezed)]
        return min(same, key=lambda n: (-len(n), full.index(n))) if same else name

    found = cast.Fullest(names)
    assert [found.of(n) for n in names] == [of(n) for n in names]
    assert found.of("Aminzade") == "Aminzade"


@pytest.mark.parametrize(("article", "expected"), [
    ("The Foreign Ministry of Georgia said in a statement that it rained. The statement added that the border was open.",
     ["foreign-ministry-of-georgia"] * 2),
    ("The Foreign Ministry of Georgia said that it rained. The statement added that the border was open.",
     ["foreign-ministry-of-georgia", ""]),
    ("وزارت امور خارجه گرجستان با انتشار بیانیه‌ای اعلام کرد که باران آمد.\nدر این بیانیه آمده است: مرز باز است.",
     ["vzart-amvr-kharjh-grjstan"] * 2),
])  # fmt: skip
def test_a_statement_speaks_for_who_gave_it_out(article, expected):
    assert speakers(article) == expected
