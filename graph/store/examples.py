"""What nodes and relations look like, for the compression of short records: it refers to what stands here.

These bytes are part of the format: what was packed with them can be unpacked with them alone. They never change. The
names are no one's; what stands near the end is referred to with the fewest bytes.
"""

EXAMPLES = b"".join(
    (
        b'{"kind":"article","id":"article/","type":"Article","name":"","article":""}',
        b'{"kind":"place","id":"place/","type":"Country","name":"City","aliases":[],"mentions":[":place","1:24:place"],',
        b'"lat":12.5,"lon":-1.5,"country":"USA","geonames":"62","within":null,"reasons":["the same entry of the ',
        b'gazetteer, (0.99)","the same words (0.9)"]}',
        b'{"kind":"actor","id":"actor/the-","type":"Organisation","name":"The ","aliases":["the ","Company","Person",',
        b'"State"],"mentions":["1:0-9:actor","1:20-31:actor"],"country":null,"sector":["GOV"],"wikidata":null,',
        b'"offices":[{"title":"president","of":null,"start":null,"end":null,"former":false,"first":"1987-03-01",',
        b'"last":"2024-04-15","mentions":["1:103-112:actor"]}],"reasons":["the same entry of the knowledge (0.99)",',
        b'"the same name (0.95)"]}',
        b'{"kind":"event","id":"event/undated-other-","type":"OTHER","name":"","aliases":["the "],"mentions":["1:31-',
        b'36:event"],"when":{"earliest":null,"latest":"1987-03-01","precision":"before","phrase":null,"rule":"publication",',
        b'"partial":null},"factuality":"alleged","mode":null,"intensity":null,"killed":null,"injured":null,"figures":[{',
        b'"count":3.0,"of":"killed","bound":"at-least","mention":"1:41-45:quantity","article":"","reported":"2024-04-15",',
        b'"source":null,"holds":null,"upper":null,"unit":"USD","part":false,"factuality":"asserted","form":"number"}],',
        b'"claims":[{"factuality":"asserted","source":null,"mention":"1:31-36:event","article":"","reported":"2024-04-15"}],',
        b'"sources":1,"reasons":["same words, meaning alike, words beside alike, sentences alike, in "]}',
        b'{"source":"actor/","type":"leads","target":"place/","confidence":0.95,"evidence":[],"factuality":"planned"}',
        b'{"source":"event/","type":"responds-to","target":"event/","confidence":0.85,"evidence":[{"article":"","start":0,',
        b'"end":120,"rule":"cue:after","confidence":0.85,"cue":[11,16],"source":"1:8-11:event","target":"1:20-25:event",',
        b'"claimed_by":"actor/","factuality":"hypothetical"}],"factuality":"alleged","backwards":true}',
        b'{"source":"event/1987-03-01-","type":"agent","target":"actor/","confidence":0.9,"evidence":[{"article":"1",',
        b'"start":0,"end":168,"rule":"roles/subject","confidence":0.9,"cue":null,"source":"1:31-36:event",',
        b'"target":"1:0-9:actor","claimed_by":null,"factuality":"asserted"}],"factuality":"asserted","backwards":false}',
        b'{"source":"event/undated-","type":"reported-in","target":"article/","confidence":1.0,"evidence":[{"article":"1",',
        b'"start":0,"end":168,"rule":"mention","confidence":1.0,"cue":null,"source":null,"target":null,',
        b'"claimed_by":null,"factuality":"asserted"}],"factuality":"asserted","backwards":false}',
    )
)
