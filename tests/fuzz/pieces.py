"""What hostile inputs are made of, by format. Names of people and companies are invented or left out."""

from newsloom.schemas import load_schema

ODD = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *("\x00", "\x1b[31m", "\x1b]0;x\x07", "\r", "\r\n", "\n", "\n\n", "\t", " ", "\x0b", "\x85", "\u2028", "\ufeff"),
        *("\ud800", "\udfff", "\u202e", "\u200b", "\xad", "\u0300" * 40, "\U0001f5d3", "\uff12", "\u0661", "\xb2", "\u0130"),
        *("=1+1", "+1", "-1", "@x", "'", '"', "`", "\\", "<", ">", "&", "&amp;", "&#xD800;", "%00", "%", "{", "}", "../"),
        *("a" * 3000, " " * 3000, "\n" * 2000, "9" * 5000, "(" * 500, "-" * 1000, "a b " * 500, ", and x" * 200),
        *("javascript:alert(1)", "<script>", "</script>", "]]>", "<!--", "'; DROP TABLE articles; --", "} DROP ALL #"),
    )
) + (b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\x80", b"\xa0", b"\xff\xfe\x00\x00", b"\x1f\x8b")

WORDS = tuple(
    piece.encode()
    for piece in (
        *("Rain fell. ", "LONDON (AP) — ", "PARIS, 3 January 2023 (AFP) - ", "By A B | 3 May 2024", "Source: X", "Title: Y"),
        *("Share this", "Leave a Reply", "Updated: ", "Published on ", "2024-02-23", "03/02/2024", "31 Feb 2024", "* * *"),
        *("- ", "---\n", "•", "https://example.org/2024/04/13/x", "URL: ", "Date: ", " | ", "|", "(", ")", "/x/ ", "By ", ": "),
        *("The river rose and the town was flooded on Monday, officials said. ", "A storm hit the coast", "Read more"),
    )
)

DATES = tuple(
    piece.encode()
    for piece in (
        *("2024", "-", "02", "29", "T", "18:30", ":", "+02:00", "Z", "W09", "Fri, ", "23 Feb 2024", "Feb", "23rd of", "99"),
        *("0000", "9999", "+99:99", "p.m.", "a.m.", "GMT", "IST", "10:00", ".", "/", " ", "1e9", "24:00:00.999999", "at "),
        *("/2024/04/13/", "-20240413", "/2024/apr/", "/", "_", "Updated", "published", "by "),
    )
)

MARKUP = tuple(
    piece.encode()
    for piece in (
        *("<html>", "<head>", "<body>", "<p>", "</p>", "<div>", "</div>", "<article>", "</article>", "<h1>", "</h1>", "<h2>"),
        *("<title>", "</title>", '<meta name="date" content="', '<meta charset="', '"/>', "<time datetime='", "'>", "<table>"),
        *("<div>" * 300, "<b>" * 200, "<!DOCTYPE html>", "<!ENTITY a 'b'>", "<?xml version='1.0' encoding='", "?>", "<svg>"),
        *("<script type='application/ld+json'>", "</script>", '{"datePublished": "2024-', "&lt;", "&#0;", "&#x110000;", "&nbsp;"),
        *("<a href='", "<img src=x onerror=y>", "<template>", "<noscript>", "<iframe>", "<base href='", "xmlns='"),
        "<p>A storm hit the coast of the island on Monday and left many houses without power, officials said.</p>",
    )
)

FEED = (
    *MARKUP[:6],
    *(
        piece.encode()
        for piece in (
            *("<rss version='2.0'>", "<channel>", "<item>", "</item>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>"),
            *("</entry>", "<title>", "</title>", "<description>", "</description>", "<content type='html'>", "</content>"),
            *("<pubDate>", "</pubDate>", "<updated>", "</updated>", "<link>", "</link>", "<link href='", "'/>", "<![CDATA["),
            *("]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<?xml version='1.0'?>", "<rdf:RDF xmlns:rdf='", "</channel></rss>"),
            *("<source>", "<content:encoded>", "</feed>", "<media:thumbnail>", "<georss:point>45 5</georss:point>", "<gml:pos>"),
        )
    ),
)

JSON = tuple(
    piece.encode()
    for piece in (
        *("{", "}", "[", "]", ",", ":", '"', '"text":', '"title":', '"published":', '"date":', '"id":', '"url":', '"articles":'),
        *("null", "true", "1e999", "-0", "[" * 600, '{"a":' * 600, '"\\ud800"', '"\\u0000"', '{"text": "Rain fell."}', "\n"),
        *('"2024-02-23"', '"1987-02-26T15:01"', '"Rain fell."', "123456789012345678901234567890", '"language":', '"de"'),
    )
)

YAML = tuple(
    piece.encode()
    for piece in (
        *("extends: plover\n", "name: x\n", "events:\n", "  A:\n", "    label: a\n", "    definition: b\n", "    triggers:\n"),
        *("      - verbs: [hit]\n", "        says: ['They **hit** it.']\n", "lexicons: {a: [b, $c]}\n", "cues:\n", "times: {}\n"),
        *("- ", "? ", ": ", "[", "]", "{", "}", ", ", "&a ", "*a", "!!python/object:x ", "!x ", "|\n", ">\n", "'", '"', "#", "---\n"),
        *("...\n", "<<: ", "null", "~", "1e99", "010", "0x1f", "on", "\n", "  ", "    ", "%YAML 1.1\n", "[" * 70, "- " * 70, "@"),
        *("people:\n", "- {name: X Y, gender: f, country: GBR}\n", "organisations:\n", "- {name: X, type: Organisation}\n"),
        *("places:\n", "- {name: X, type: City, lat: 1, lon: 2}\n", "offices:\n", "- {state: ISR, office: king, held: 'A B | 1-2'}\n"),
        *("relations: {causes: {source: event}}\n", "roles:\n", "quantities: {numbers: {a: 1}}\n", "name,aliases\n", "X,Y;Z\n"),
        *('{"schema": "Person", "properties": {"name": ["A B"]}}\n', "title: x\n", "date: 2024-02-23\n", ".inf", "-9999999999999999999"),
    )
)

CODED = (b"\t", b"\t" * 57, b"\t" * 60, b"195", b"20240413", b"\n", b"IRN", b"99.9", b"1e309", b"nan", b"https://e.example/", b"PK\x03\x04")

SPARQL = tuple(
    piece.encode()
    for piece in (
        *("SELECT ", "ASK ", "CONSTRUCT ", "DESCRIBE ", "* ", "?s ", "?p ", "?o ", "{ ", "} ", ". ", "; ", ", ", "WHERE ", "FILTER"),
        *("(", ")", "GRAPH ?g ", "SERVICE <http://e.example/> ", "INSERT DATA ", "DROP ALL ", "LOAD <file:///etc/passwd> ", "UNION "),
        *("OPTIONAL ", "VALUES ?s ", "BIND(1 AS ?x) ", "LIMIT 1 ", "ORDER BY ?s ", "GROUP BY ?s ", "(COUNT(*) AS ?n) ", "FROM <x> "),
        *("newsloom:leadsTo", "+ ", "* ", "^", "/", "|", "!", "rdfs:label ", "sem:eventType ", "<event/launch> ", "'a'@en ", '"""'),
        *("regex(?o, '(a+)+$') ", "replace(?o, 'a', 'b') ", "'a'^^xsd:integer ", "PREFIX x: <y> ", "BASE <z> ", "# ", "\\u0041", "<a b>"),
        *("who-to-whom", "{" * 60, "(" * 60, "!" * 300, "1e999 ", "IF(?a, 1, 2) ", "EXISTS ", "MINUS ", "xsd:dateTime('x') ", "REDUCED "),
    )
)

RDF = tuple(
    piece.encode()
    for piece in (
        *("<http://e.example/a> ", "<a> ", "a ", ". ", "; ", ", ", "[ ", "] ", "( ", ") ", '"x" ', '"""', "'x'@en ", '"1"^^<x> ', "_:b "),
        *("@prefix newsloom: <https://e.example/> .\n", "@base <x> .\n", "PREFIX ", "{ ", "} ", "GRAPH ", "newsloom:Event ", "<< ", ">> "),
        *('{"@context": ', '"@graph": ', '"@id": ', '"@context": "http://e.example/c.jsonld"', "<rdf:RDF xmlns:rdf='", "<!ENTITY x 'y'>"),
        *("\\uD800", "\\U0010FFFF", "<\\u0020>", "# ", "true ", "1e5 ", "{|", "|}"),
    )
)

PATHS = tuple(
    piece.encode()
    for piece in (
        *("/api", "/api/", "why/", "effects/", "node/", "around/", "part/", "search", "timeline", "articles", "?", "&", "=", "q=", "depth="),
        *("limit=", "offset=", "top=", "since=", "until=", "actor=", "type=", "pick=", "by=", "min_confidence=", "event/launch", "actor/iran"),
        *("%2e%2e/", "../", "//", "%00", "%ff", "%2F", "+", "1", "0", "-1", "nan", "inf", "1e9", "9" * 400, "2024-02", "2024-99", "day/"),
        *("Iran", "ASSAULT", "ASSAULT/aerial", "month/", "undated", "story/0", "/", "/sparql?query=", "top_days=", "place=", "a,b,", ";"),
    )
)


def reading() -> tuple[bytes, ...]:
    """Words that the steps of reading look for, out of the schema, and what stands between them."""
    raw = load_schema().raw
    cues = [str(cue.get("words", "")) for cue in raw["cues"] if isinstance(cue.get("words"), str)]
    times = [word for group in raw["times"]["words"].values() for word in group][:150]
    told = (
        *("Iran", "Israel", "Emmanuel Macron", "the president", "police", "he", "they", "the bank's", "rebels", "a spokesman"),
        *("attacked", "killed", "protested", "was killed by", "said", "vowed to respond", "threatened to", "did not", "may have"),
        *("three people", "dozens of", "hundreds of thousands of", "1.5 million", "$", "£2m", "10-15", "between 2 and 3", "none"),
        *(".", ". ", ", ", "; ", ": ", " and ", " or ", " but ", ' "', '" ', "“", "”", " (", ") ", " - ", " — ", "'s ", "\n", "\n\n"),
        *("that ", "which ", "who ", "because ", "after ", "before ", "if ", "of the ", "to ", "not ", "in Gaza ", "on Monday ", "?"),
        *("Iran attacked Israel. ", "In response, Israel struck Iran. ", "X said that Y said that Z said that ", "the the the "),
        *("A's B's C's D's ", "who said who said ", "(((((", "\"'\"'\"'", "and and and ", "of of of of ", "U.S. ", "Mr. ", "St. "),
    )
    return tuple(f"{word} ".encode() for word in (*told, *cues, *times))
