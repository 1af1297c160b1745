package org.encore.report;

import org.encore.report.chart.Palette;

/** How the page looks: on light and dark screens, on narrow ones, and on paper, which is always light and has everything unfolded. */
final class PageStyle {

    private static final String LIGHT = ":root{color-scheme:light dark;" + Palette.variables(false)
            + ";--surface:#f6f8fa;--line:#d1d9e0;--good:#0f7b3f;--same:#0b63a8;--open:#6b5a12;--bad:#b3261e;--warn:#96590a}\n";
    private static final String DARK = "@media screen and (prefers-color-scheme:dark){:root{" + Palette.variables(true)
            + ";--surface:#1c2128;--line:#363d46;--good:#4cc27c;--same:#6cb4f0;--open:#d8bd55;--bad:#ff8a80;--warn:#f0ab52}}\n";
    private static final String RULES = """
            *{box-sizing:border-box}
            body{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;margin:0;
            color:var(--ink);background:var(--paper)}
            main{max-width:64rem;margin:0 auto;padding:2rem 1.25rem 4rem}
            header{border-bottom:1px solid var(--line);padding-bottom:1rem;margin-bottom:1.5rem}
            h1{font-size:2rem;line-height:1.2;margin:.2rem 0;letter-spacing:-.02em}
            h2{font-size:1.35rem;margin:3rem 0 .8rem;padding-bottom:.35rem;border-bottom:1px solid var(--line)}
            header+section h2,h2:first-of-type{margin-top:1.5rem}
            h3{font-size:1.02rem;margin:1.6rem 0 .5rem}
            h1,h2,h3,li,p,summary,th:first-child{overflow-wrap:anywhere}
            .over,.brand{font-size:.8rem;color:var(--muted);margin:0}
            .brand{letter-spacing:.08em;text-transform:uppercase}
            .facts,.remark,figcaption{color:var(--muted);font-size:.9rem}
            .facts{margin:.3rem 0 0}
            .answer{border:1px solid var(--line);border-left:5px solid var(--tone);border-radius:8px;background:var(--surface);
            padding:1rem 1.25rem;margin:1rem 0 1.5rem}
            .answer .words{font-size:1.2rem;line-height:1.45;margin:.5rem 0 0}
            .answer .over{display:flex;justify-content:space-between;align-items:center;gap:1rem}
            .different{--tone:var(--good)}.equivalent{--tone:var(--same)}.open{--tone:var(--open)}
            .error{--tone:var(--bad)}.warning{--tone:var(--warn)}.note{--tone:var(--same)}
            .badge{flex:none;display:inline-block;min-width:7.2rem;text-align:center;font-size:.75rem;font-weight:600;line-height:1.5rem;padding:0 .6rem;
            border-radius:1rem;color:var(--tone);border:1px solid var(--tone)}
            .verdicts{list-style:none;margin:0;padding:0}
            .verdicts li{display:flex;gap:.8rem;align-items:baseline;padding:.35rem 0}
            .verdicts span:last-child{min-width:0}
            details{margin:.6rem 0}
            summary{cursor:pointer}
            .findings{border:1px solid var(--line);border-radius:8px}
            .finding{margin:0;padding:.55rem 1rem}
            .finding+.finding{border-top:1px solid var(--line)}
            .finding summary{display:flex;gap:.8rem;align-items:baseline;position:relative;padding-right:1.6rem}
            .finding summary::after{content:"+";position:absolute;right:.2rem;top:0;color:var(--muted)}
            .finding[open] summary::after{content:"\\2212"}
            .finding p{margin:.5rem 0 .5rem 8rem}
            .answer strong{font-weight:600}
            .wide{overflow-x:auto;margin:.8rem 0}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem;min-width:100%}
            th,td{padding:.42rem .55rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
            thead th{color:var(--muted);font-weight:600;white-space:normal;vertical-align:bottom;border-bottom:2px solid var(--line)}
            th:first-child,td:first-child{text-align:left}
            tbody th{font-weight:600}
            td small,th small{display:block;color:var(--muted);font-weight:400;white-space:nowrap}
            .heat{min-width:0}.heat td,.heat thead th{text-align:center;min-width:3.2rem}.heat thead th{white-space:pre;color:var(--ink)}
            .heat thead th:first-child,.heat tbody th{text-align:left;white-space:normal;min-width:9rem}.heat thead th:first-child{color:var(--muted)}
            .swatch{display:inline-block;padding:0 .5rem;margin:0 .15rem .15rem 0;color:var(--ink);border:1px solid var(--line);border-radius:3px}
            figure{margin:1.2rem 0 2rem;break-inside:avoid}
            figure h3{margin:0 0 .3rem}
            .chart{display:block;width:100%;height:auto;font-family:inherit}
            .narrow{display:none}
            .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;margin:.2rem 0;padding:0;font-size:.88rem}
            .legend li{display:flex;align-items:center;gap:.45rem}
            .key{flex:none;width:.8rem;height:.8rem;background:var(--ink-of-key);border-radius:2px}
            .key.circle{border-radius:50%}
            .key.diamond{transform:rotate(45deg) scale(.85)}
            .key.line{width:1.4rem;height:3px}
            .key.dashed{width:1.4rem;height:0;background:none;border-top:3px dashed var(--ink-of-key)}
            .files{display:block;font-size:.8rem}
            code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.85em}
            pre{overflow-x:auto;padding:.9rem;background:var(--surface);border:1px solid var(--line);border-radius:6px}
            @media (max-width:40rem){
            main{padding:1.2rem 1rem 3rem}h1{font-size:1.6rem}
            .chart.wide{display:none}.narrow{display:block}
            .verdicts li,.finding summary{flex-wrap:wrap;gap:.3rem .6rem}.finding p{margin-left:0}
            .answer .words{font-size:1.08rem}
            }
            @media print{
            @page{margin:16mm}
            body{font-size:10.5pt}main{max-width:none;padding:0}
            .chart.wide{display:block}.narrow{display:none}
            h2,h3{break-after:avoid}h2{margin-top:1.8rem}
            tr,.answer,.finding,.verdicts li{break-inside:avoid}
            table{font-size:8.5pt}th,td{padding:.25rem .4rem}
            .wide{overflow:visible}thead th,td{white-space:normal}
            .chart{max-width:14.5cm}figure{margin:.6rem 0 1rem}.raw:not([open]){display:none}pre{font-size:7pt}
            details:not(.raw)::details-content{content-visibility:visible;display:block;height:auto}
            summary{list-style:none}.finding summary::after{content:""}
            pre{white-space:pre-wrap;overflow-wrap:anywhere}
            .badge,.key,.chart,.heat td,.swatch{print-color-adjust:exact}
            }
            """;

    /** The whole style sheet. */
    static final String SHEET = LIGHT + DARK + Heat.rules() + RULES;

    private PageStyle() {}
}
