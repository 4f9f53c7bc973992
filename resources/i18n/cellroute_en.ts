<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
    <context>
        <name>Deeds</name>
        <message numerus="yes">
            <source>Copied for the chart: %n line(s) of plain text.</source>
            <translation>
                <numerusform>Copied for the chart: %n line of plain text.</numerusform>
                <numerusform>Copied for the chart: %n lines of plain text.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DetailPanel</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EvidenceDialog</name>
        <message numerus="yes">
            <source>%n text(s) in {language}</source>
            <translation>
                <numerusform>%n text in {language}</numerusform>
                <numerusform>%n texts in {language}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show %n more</source>
            <translation>
                <numerusform>Show %n more</numerusform>
                <numerusform>Show %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Patient</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RankingPanel</name>
        <message numerus="yes">
            <source>%n reason(s)</source>
            <translation>
                <numerusform>%n reason</numerusform>
                <numerusform>%n reasons</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n missing</source>
            <translation>
                <numerusform>%n missing</numerusform>
                <numerusform>%n missing</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n caution(s)</source>
            <translation>
                <numerusform>%n caution</numerusform>
                <numerusform>%n cautions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n need(s) met</source>
            <translation>
                <numerusform>%n need met</numerusform>
                <numerusform>%n needs met</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n open</numerusform>
                <numerusform>%n open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n open question(s)</source>
            <translation>
                <numerusform>%n open question</numerusform>
                <numerusform>%n open questions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n question(s) not asked</source>
            <translation>
                <numerusform>%n question not asked</numerusform>
                <numerusform>%n questions not asked</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RanksToChange</name>
        <message numerus="yes">
            <source>Show %n more</source>
            <translation>
                <numerusform>Show %n more</numerusform>
                <numerusform>Show %n more</numerusform>
            </translation>
        </message>
    </context>
</TS>
