CREATE CONSTRAINT newsloom_event IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT newsloom_actor IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT newsloom_place IF NOT EXISTS FOR (n:Place) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT newsloom_article IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE;
UNWIND [
{`id`: 'actor/iran', `kind`: 'actor', `type`: 'State', `name`: 'Iran', `aliases`: ['Iran'], `mentions`: 1, `country`: 'IRN', `sector`: ['GOV'], `wikidata`: 'Q794'},
{`id`: 'actor/israel', `kind`: 'actor', `type`: 'State', `name`: 'Israel', `aliases`: ['Israel'], `mentions`: 0, `country`: 'ISR', `sector`: ['GOV'], `wikidata`: 'Q801'}
] AS row
MERGE (n:Actor {id: row.id})
SET n += row, n:`State`;
UNWIND [
{`id`: 'article/a1', `kind`: 'article', `type`: 'Article', `name`: 'Iran fires drones at Israel', `mentions`: 0, `publisher`: 'Example Wire', `published`: '2024-04-14', `url`: 'https://example.org/iran'},
{`id`: 'article/a2', `kind`: 'article', `type`: 'Article', `name`: 'Israel promises an answer', `mentions`: 0, `publisher`: 'Example Post', `published`: '2024-04-15'}
] AS row
MERGE (n:Article {id: row.id})
SET n += row;
UNWIND [
{`id`: 'event/launch', `kind`: 'event', `type`: 'ASSAULT', `name`: 'Iran launches drones at Israel', `aliases`: ['Iran launched drones'], `mentions`: 2, `when`: '2024-04-13', `start`: date('2024-04-13'), `end`: date('2024-04-14'), `precision`: 'day', `factuality`: 'asserted', `mode`: 'drone', `intensity`: -9.5, `sources`: 2},
{`id`: 'event/respond', `kind`: 'event', `type`: 'ASSAULT', `name`: 'Israel responds', `mentions`: 1, `factuality`: 'planned', `intensity`: -9.0, `sources`: 1},
{`id`: 'event/strike', `kind`: 'event', `type`: 'ASSAULT', `name`: 'Strike on the consulate in Damascus', `aliases`: ['the strike'], `mentions`: 2, `when`: '2024-04-01', `start`: date('2024-04-01'), `end`: date('2024-04-02'), `precision`: 'day', `factuality`: 'asserted', `mode`: 'aerial', `intensity`: -9.5, `killed`: 7, `sources`: 1}
] AS row
MERGE (n:Event {id: row.id})
SET n += row, n:`ASSAULT`;
UNWIND [
{`id`: 'event/vow', `kind`: 'event', `type`: 'THREATEN', `name`: 'Israel vows to respond', `mentions`: 1, `when`: '../2024-04-15', `end`: date('2024-04-16'), `precision`: 'before', `factuality`: 'asserted', `intensity`: -3.5, `sources`: 1}
] AS row
MERGE (n:Event {id: row.id})
SET n += row, n:`THREATEN`;
UNWIND [
{`id`: 'place/damascus', `kind`: 'place', `type`: 'City', `name`: 'Damascus', `mentions`: 0, `lat`: 33.51, `lon`: 36.29, `country`: 'SYR', `geonames`: '170654', `within`: 'place/syria'}
] AS row
MERGE (n:Place {id: row.id})
SET n += row, n:`City`;
UNWIND [
{`id`: 'place/israel', `kind`: 'place', `type`: 'Country', `name`: 'Israel', `mentions`: 0, `lat`: 31.5, `lon`: 34.75, `country`: 'ISR', `geonames`: '294640'},
{`id`: 'place/syria', `kind`: 'place', `type`: 'Country', `name`: 'Syria', `mentions`: 0, `lat`: 35.0, `lon`: 38.0, `country`: 'SYR', `geonames`: '163843'}
] AS row
MERGE (n:Place {id: row.id})
SET n += row, n:`Country`;
UNWIND [
{`source`: 'event/launch', `target`: 'actor/iran', `row`: {`label`: 'was done by', `confidence`: 0.99, `factuality`: 'asserted', `backwards`: false, `evidence`: 2, `sentences`: ['Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus.', 'After Iran launched drones on April 13, Israel vowed to respond.'], `articles`: ['a1', 'a2']}},
{`source`: 'event/respond', `target`: 'actor/israel', `row`: {`label`: 'was done by', `confidence`: 0.7, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['After Iran launched drones on April 13, Israel vowed to respond.'], `articles`: ['a2']}},
{`source`: 'event/vow', `target`: 'actor/israel', `row`: {`label`: 'was done by', `confidence`: 0.9, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['After Iran launched drones on April 13, Israel vowed to respond.'], `articles`: ['a2']}}
] AS tie
MATCH (a:Event {id: tie.source})
MATCH (b:Actor {id: tie.target})
MERGE (a)-[r:`agent`]->(b)
SET r += tie.row;
UNWIND [
{`source`: 'event/launch', `target`: 'event/vow', `row`: {`label`: 'happened before', `confidence`: 0.9, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['After Iran launched drones on April 13, Israel vowed to respond.'], `articles`: ['a2']}}
] AS tie
MATCH (a:Event {id: tie.source})
MATCH (b:Event {id: tie.target})
MERGE (a)-[r:`before`]->(b)
SET r += tie.row;
UNWIND [
{`source`: 'event/launch', `target`: 'place/israel', `row`: {`label`: 'happened in', `confidence`: 0.8, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus.'], `articles`: ['a1']}},
{`source`: 'event/strike', `target`: 'place/damascus', `row`: {`label`: 'happened in', `confidence`: 0.9, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus.'], `articles`: ['a1']}}
] AS tie
MATCH (a:Event {id: tie.source})
MATCH (b:Place {id: tie.target})
MERGE (a)-[r:`place`]->(b)
SET r += tie.row;
UNWIND [
{`source`: 'event/launch', `target`: 'actor/israel', `row`: {`label`: 'was done to', `confidence`: 0.8, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus.'], `articles`: ['a1']}}
] AS tie
MATCH (a:Event {id: tie.source})
MATCH (b:Actor {id: tie.target})
MERGE (a)-[r:`recipient`]->(b)
SET r += tie.row;
UNWIND [
{`source`: 'event/launch', `target`: 'article/a1', `row`: {`label`: 'is reported in', `confidence`: 1.0, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus.'], `articles`: ['a1']}},
{`source`: 'event/launch', `target`: 'article/a2', `row`: {`label`: 'is reported in', `confidence`: 1.0, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['After Iran launched drones on April 13, Israel vowed to respond.'], `articles`: ['a2']}},
{`source`: 'event/respond', `target`: 'article/a2', `row`: {`label`: 'is reported in', `confidence`: 1.0, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['After Iran launched drones on April 13, Israel vowed to respond.'], `articles`: ['a2']}},
{`source`: 'event/strike', `target`: 'article/a1', `row`: {`label`: 'is reported in', `confidence`: 1.0, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus.'], `articles`: ['a1']}},
{`source`: 'event/vow', `target`: 'article/a2', `row`: {`label`: 'is reported in', `confidence`: 1.0, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['After Iran launched drones on April 13, Israel vowed to respond.'], `articles`: ['a2']}}
] AS tie
MATCH (a:Event {id: tie.source})
MATCH (b:Article {id: tie.target})
MERGE (a)-[r:`reported-in`]->(b)
SET r += tie.row;
UNWIND [
{`source`: 'event/launch', `target`: 'event/strike', `row`: {`label`: 'was a response to', `confidence`: 0.9, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus.'], `articles`: ['a1']}},
{`source`: 'event/vow', `target`: 'event/launch', `row`: {`label`: 'was a response to', `confidence`: 0.6, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['After Iran launched drones on April 13, Israel vowed to respond.'], `articles`: ['a2']}}
] AS tie
MATCH (a:Event {id: tie.source})
MATCH (b:Event {id: tie.target})
MERGE (a)-[r:`responds-to`]->(b)
SET r += tie.row;
UNWIND [
{`source`: 'event/strike', `target`: 'actor/iran', `row`: {`label`: 'is said by', `confidence`: 0.9, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['The strike on April 1 killed seven officers, Iran said.'], `articles`: ['a1'], `claimed_by`: ['actor/iran']}}
] AS tie
MATCH (a:Event {id: tie.source})
MATCH (b:Actor {id: tie.target})
MERGE (a)-[r:`says`]->(b)
SET r += tie.row;
UNWIND [
{`source`: 'place/damascus', `target`: 'place/syria', `row`: {`label`: 'lies in', `confidence`: 1.0, `factuality`: 'asserted', `backwards`: false, `evidence`: 1, `sentences`: ['Iran launched drones at Israel on Saturday in response to the strike on its consulate in Damascus.'], `articles`: ['a1']}}
] AS tie
MATCH (a:Place {id: tie.source})
MATCH (b:Place {id: tie.target})
MERGE (a)-[r:`within`]->(b)
SET r += tie.row;
