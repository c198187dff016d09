/** For every form of listing. */
const common = `:root{color-scheme:light dark;--ink:light-dark(#1f2328,#e6e8eb);--soft:light-dark(#59636e,#9aa4b0);--link:light-dark(#0550ae,#79b8ff);--line:light-dark(#d9dee3,#343b44);--hover:light-dark(#f2f5f8,#1d232b);--page:light-dark(#fff,#12161b)}
body{margin:0 auto;max-width:64rem;padding:1.5rem 1rem 3rem;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}a:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
h1{font-size:1.35rem;font-weight:600;overflow-wrap:anywhere}`;

/** For the usual form. */
const browser = `h1 span{color:var(--soft);font-weight:400}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.45rem .6rem;text-align:left;font-weight:400;vertical-align:middle;border-bottom:1px solid var(--line)}
thead th{font-size:.85rem}thead a{color:var(--soft)}thead [aria-sort] a{color:var(--ink);font-weight:600}
[aria-sort=ascending] a::after{content:" \\2191"}[aria-sort=descending] a::after{content:" \\2193"}
tbody tr:hover{background:var(--hover)}
.name{width:60%;overflow-wrap:anywhere}tbody .name a{display:flex;gap:.65rem;align-items:flex-start}
.time,.size{white-space:nowrap}.time,.size,.about{color:var(--soft)}.size{text-align:right}
.i{flex:none;width:1.25rem;height:1.25rem;margin-top:.12rem;fill:none;stroke:var(--soft);stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.folder{stroke:light-dark(#b7791f,#e3b341);fill:light-dark(#fbeec8,#3a3018)}
p{color:var(--soft)}
@media(max-width:40rem){.time,.about{display:none}.name{width:auto}th,td{padding:.55rem .3rem}}
@media(forced-colors:active){.i{stroke:currentcolor}}`;

/** For the forms that Apache has. */
const classic = `pre,table{font-family:ui-monospace,monospace;font-size:.95rem}pre{overflow-x:auto}
table{border-spacing:0}th,td{padding:.15rem .6rem;text-align:left;white-space:pre-wrap;overflow-wrap:anywhere}th{white-space:nowrap}td[align]{text-align:right;white-space:pre}
hr{border:0;border-top:1px solid var(--line)}ul{padding-left:1.2rem}img{vertical-align:middle}`;

export const browserStyle = `<style>\n${common}\n${browser}\n</style>`;
export const classicStyle = `<style>\n${common}\n${classic}\n</style>`;
