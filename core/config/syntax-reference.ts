/** A section, or a line that acts while a config is read: what no plugin declares. */
export interface SyntaxReference {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
}

/** The sections that apply to some requests only, in the order in which they are merged. */
export const sectionReference: readonly SyntaxReference[] = [
  {
    name: 'VirtualHost',
    usage: '<VirtualHost address[:port] …>',
    help: 'A server of its own at an address, chosen by ServerName and ServerAlias.',
  },
  {
    name: 'Directory',
    usage: '<Directory [~] folder>',
    help: 'For files in a folder and below it; * ? [] are wildcards.',
  },
  { name: 'DirectoryMatch', usage: '<DirectoryMatch expression>', help: 'The same, by a regular expression.' },
  {
    name: 'Files',
    usage: '<Files [~] name>',
    help: 'For files of a name, whatever their folder; * ? [] are wildcards.',
  },
  { name: 'FilesMatch', usage: '<FilesMatch expression>', help: 'The same, by a regular expression.' },
  {
    name: 'Location',
    usage: '<Location [~] path>',
    help: 'For URLs of a path and below it; a path with wildcards, * ? [], stands for itself only.',
  },
  {
    name: 'LocationMatch',
    usage: '<LocationMatch expression>',
    help: 'The same, by a regular expression; its named groups become MATCH_NAME in the environment.',
  },
  {
    name: 'Route',
    usage: '<Route pattern>',
    help: 'For URLs of a pattern such as /users/:id; what the names stand for is in r.params.',
  },
  {
    name: 'If',
    usage: '<If "condition">',
    help: 'For requests of which an expression holds; the section around it must match too.',
  },
  { name: 'ElseIf', usage: '<ElseIf "condition">', help: 'Where no If or ElseIf before it in the same section held.' },
  { name: 'Else', usage: '<Else>', help: 'Where none of them held.' },
  { name: 'Limit', usage: '<Limit method …>', help: 'For requests of these methods; GET covers HEAD.' },
  { name: 'LimitExcept', usage: '<LimitExcept method …>', help: 'For requests of all other methods.' },
];

/** What acts once, while an httpd.conf is read. */
export const startTimeReference: readonly SyntaxReference[] = [
  {
    name: 'Define',
    usage: 'Define name [value]',
    help: 'A name for IfDefine, and for ${name} in the lines that follow.',
  },
  { name: 'UnDefine', usage: 'UnDefine name', help: 'Takes a defined name back.' },
  {
    name: 'ServerRoot',
    usage: 'ServerRoot folder',
    help: 'Where relative paths start, instead of the folder of the file that says them.',
  },
  {
    name: 'Include',
    usage: 'Include file|folder|pattern',
    help: 'Reads other files in place of this line; it is an error if there are none.',
  },
  { name: 'IncludeOptional', usage: 'IncludeOptional file|folder|pattern', help: 'The same, but there may be none.' },
  { name: 'Plugin', usage: 'Plugin plugin …', help: 'Loads plugins: packages by name, files by ./path.' },
  {
    name: 'LoadModule',
    usage: 'LoadModule module [file]',
    help: "Apache's spelling of Plugin; names of Apache's modules stand for the built-in plugins.",
  },
  { name: 'Use', usage: 'Use macro [argument …]', help: "A macro's lines in place of this line." },
  { name: 'UndefMacro', usage: 'UndefMacro macro', help: 'Forgets a macro.' },
  { name: 'Error', usage: 'Error message', help: 'Refuses the config with a message.' },
  { name: 'Warning', usage: 'Warning message', help: 'Says something while the config is read.' },
  {
    name: 'Macro',
    usage: '<Macro name [$parameter …]>',
    help: 'Lines to be used several times; arguments stand in for the parameters.',
  },
  {
    name: 'IfDefine',
    usage: '<IfDefine [!]name>',
    help: 'Lines that count only where a name is defined, by Define or -D.',
  },
  { name: 'IfPlugin', usage: '<IfPlugin [!]plugin>', help: 'Lines that count only where a plugin is loaded.' },
  {
    name: 'IfModule',
    usage: '<IfModule [!]module>',
    help: 'Lines that count only where LoadModule has named a module; in a config without LoadModule the same as IfPlugin.',
  },
  {
    name: 'IfVersion',
    usage: '<IfVersion [!][operator] version>',
    help: 'Lines that count only for a version of Apache, as in >= 2.4; Sluice follows 2.4.71.',
  },
  { name: 'IfFile', usage: '<IfFile [!]path>', help: 'Lines that count only where a file exists.' },
];
