import { namedFile, sharedLibrary, type ClassifierRule, type VersionPattern } from './classifier-rule.js';

const number = String.raw`\d+\.\d+(?:\.\d+)*`;
const three = String.raw`\d+\.\d+\.\d+`;
const four = String.raw`\d+\.\d+\.\d+\.\d+`;
const release = String.raw`${number}(?:-?(?:alpha|beta|rc|preview|dev)[.-]?\d*)?`;

/** A version between a text before it, which is what is searched for, and one behind it. Both are taken as they are. */
function between(before: string, behind = '', version = release): VersionPattern {
  return { anchor: before, version: new RegExp(`${escaped(before)}(?<version>${version})${escaped(behind)}`) };
}

/** A version that ends where a known text begins. */
function ahead(behind: string, version = release): VersionPattern {
  return { anchor: behind, version: new RegExp(String.raw`\0(?<version>${version})\0*${escaped(behind)}`) };
}

function matching(anchor: string, version: RegExp): VersionPattern {
  return { anchor, version };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`).replaceAll('\0', String.raw`\0`);
}

/** Redis and what came of it end their build's id, which begins with the version, with a time in nanoseconds. */
const redisBuild = matching('000000000\0', /(?<version>\d+\.\d+\.\d+?)(?:[0-9a-f]{12}-|buildkitsandbox-|)\d{10}0{9}\0/);

/** What they say of themselves to clients: their version, and behind it how they count without locks. */
const redisInformation = [ahead('\0c11-builtin\0', three), ahead('\0atomic-builtin\0', three), ahead('\0sync-builtin\0', three)];

/** The minor version is in the file's name, and the whole one stands by itself among the texts of the interpreter. */
function pythonPatterns(name: string): readonly VersionPattern[] {
  const minor = /python(\d\.\d+)/.exec(name)?.[1];
  return minor === undefined ? [] : [matching(`\0${minor}.`, new RegExp(String.raw`\0(?<version>${escaped(minor)}\.\d+(?:(?:a|b|rc)\d+)?)\+?\0`))];
}

const sure = 0.9;
const likely = 0.7;

/**
 * Server programs, runtimes and libraries that are often copied into images without a package. A rule is known to be right
 * from the packages of a distribution, whose version is known: see the tests.
 */
export const classifierRules: readonly ClassifierRule[] = [
  // Web servers and proxies.
  { product: 'openresty', path: namedFile('nginx', 'openresty'), patterns: [between('nginx version: openresty/')], cpes: ['openresty:openresty'], insteadOf: ['nginx'], confidence: sure },
  { product: 'nginx', path: namedFile('nginx'), patterns: [between('nginx version: nginx/'), between('\0nginx/')], cpes: ['f5:nginx', 'nginx:nginx'], confidence: sure },
  { product: 'httpd', path: namedFile('httpd', 'apache2'), patterns: [between('\0Apache/')], cpes: ['apache:http_server'], confidence: sure },
  {
    product: 'haproxy',
    path: namedFile('haproxy'),
    patterns: [
      between('HA-Proxy version '),
      matching(', released ', /version (?<version>\d+\.\d+(?:\.\d+)?(?:-dev\d+)?)\S*, released /),
      matching('HAProxy version follows', /\0(?<version>\d+\.\d+(?:\.\d+)?(?:-dev\d+)?)(?:-[0-9a-f]{6,12})?\0+HAProxy version follows/),
    ],
    cpes: ['haproxy:haproxy'],
    confidence: sure,
  },
  { product: 'lighttpd', path: namedFile('lighttpd'), patterns: [between('lighttpd/')], cpes: ['lighttpd:lighttpd'], confidence: sure },
  { product: 'varnish', path: namedFile('varnishd'), patterns: [between('varnish-', ' revision ')], cpes: ['varnish-software:varnish_cache', 'varnish_cache_project:varnish_cache'], confidence: sure },
  { product: 'squid', path: namedFile('squid(?:-gnutls|-openssl)?'), patterns: [between('\0squid/')], cpes: ['squid-cache:squid'], confidence: sure },
  {
    product: 'envoy',
    path: namedFile('envoy'),
    patterns: [
      ahead('\0RELEASE\0'),
      ahead('\0Unable to convert YAML as JSON'),
      ahead('\0source/common/network/socket_option_impl.cc'),
      ahead('\0envoy/extensions/network/socket_interface/'),
      ahead('. This configuration will be removed from Envoy soon'),
      // The linker puts it among texts that differ from release to release; no library in it has such a version by itself.
      matching('\x001.', /\0(?<version>1\.\d\d\.\d+)\0/),
    ],
    cpes: ['envoyproxy:envoy'],
    confidence: likely,
  },
  // Databases and caches.
  { product: 'valkey', path: namedFile('valkey-(?:server|cli|benchmark|sentinel)'), patterns: [redisBuild, ...redisInformation], cpes: ['lfprojects:valkey', 'linuxfoundation:valkey'], confidence: sure },
  {
    product: 'redis',
    path: namedFile('redis-(?:server|cli|benchmark|sentinel|check-rdb|check-aof)'),
    patterns: [redisBuild, ...redisInformation, between('Redis version ')],
    cpes: ['redis:redis', 'redislabs:redis'],
    confidence: sure,
  },
  {
    product: 'postgresql',
    path: namedFile('postgres', 'psql', 'pg_dump', 'pg_basebackup'),
    patterns: [
      between('(PostgreSQL) ', '', String.raw`\d+(?:\.\d+)*(?:alpha|beta|rc)?\d*`),
      matching('PostgreSQL ', /PostgreSQL (?<version>\d+(?:\.\d+)*(?:(?:alpha|beta|rc)\d+)?) (?:on |\()/),
    ],
    cpes: ['postgresql:postgresql'],
    confidence: sure,
  },
  {
    product: 'mariadb',
    path: namedFile('mariadbd?', 'mysqld?', 'mariadb-(?:admin|dump|backup)'),
    patterns: [matching('-MariaDB', /\0(?<version>\d+\.\d+\.\d+)-MariaDB/), between('/mariadb-', '-')],
    cpes: ['mariadb:mariadb'],
    insteadOf: ['mysql'],
    confidence: sure,
  },
  {
    product: 'percona-xtradb-cluster',
    path: namedFile('mysqld?'),
    patterns: [between('/Percona-XtraDB-Cluster-', '', three)],
    cpes: ['percona:xtradb_cluster'],
    insteadOf: ['mysql', 'percona-server'],
    confidence: sure,
  },
  { product: 'percona-server', path: namedFile('mysqld?'), patterns: [between('/percona-server-', '', three)], cpes: ['percona:percona_server'], insteadOf: ['mysql'], confidence: sure },
  { product: 'percona-xtrabackup', path: namedFile('xtrabackup'), patterns: [between('/percona-xtrabackup-', '', three)], cpes: ['percona:xtrabackup'], confidence: sure },
  {
    product: 'mysql-cluster',
    path: namedFile('mysqld?', 'ndb_mgmd', 'ndbd', 'ndbmtd'),
    patterns: [between('-ndb-', '\0'), between('/mysql-cluster-gpl-', '/')],
    cpes: ['oracle:mysql_cluster'],
    insteadOf: ['mysql'],
    confidence: sure,
  },
  {
    product: 'mysql',
    path: namedFile('mysqld?', 'mysql(?:admin|dump|binlog|check|import|show|slap)'),
    patterns: [between('/mysql-', '/'), between('\0MySQL ', '\0', three), ahead('\0mysql_real_escape_string_quote'), matching('\0mysql_real_escape_string\0', /\0(?<version>\d+\.\d+\.\d+)(?:\.0)?\0mysql_real_escape_string\0/)],
    cpes: ['oracle:mysql', 'oracle:mysql_server', 'mysql:mysql'],
    confidence: sure,
  },
  {
    product: 'mongodb',
    path: namedFile('mongod', 'mongos'),
    patterns: [ahead('\0tcmalloc\0'), ahead('\0cppdefines\0'), ahead('\0heap_size\0')],
    cpes: ['mongodb:mongodb'],
    confidence: likely,
  },
  { product: 'memcached', path: namedFile('memcached'), patterns: [between('memcached ')], cpes: ['memcached:memcached'], confidence: sure },
  { product: 'sqlite', path: sharedLibrary('libsqlite3'), patterns: [matching('\x003.', /\0(?<version>3\.\d+\.\d+)\0/), matching('\xfe\xff3.', /\xfe\xff(?<version>3\.\d+\.\d+)\0/)], cpes: ['sqlite:sqlite'], confidence: likely },
  { product: 'pgbouncer', path: namedFile('pgbouncer'), patterns: [between('PgBouncer ')], cpes: ['pgbouncer:pgbouncer'], confidence: sure },
  {
    product: 'arangodb',
    path: namedFile('arangosh', 'arangod'),
    patterns: [matching(' [linux]', /\0(?<version>\d+\.\d+\.\d+(?:-\d+)?)(?: enterprise)? \[linux\]/)],
    cpes: ['arangodb:arangodb'],
    confidence: likely,
  },
  { product: 'openldap', path: namedFile('ldapsearch', 'slapd'), patterns: [matching('$OpenLDAP: ', /\$OpenLDAP: [a-z]+ (?<version>\d+\.\d+\.\d+)/)], cpes: ['openldap:openldap'], confidence: sure },
  // Languages and their runtimes.
  {
    product: 'node',
    path: /(?:^|\/)(?:node(?:js)?(?:-?\d+(?:\.\d+)*)?|libnode\.so(?:\.\d+)*)$/,
    patterns: [between('node.js/v', '', number), between('\0node v', '', number), matching('\0moduleLoadList', /\0v(?<version>\d+\.\d+\.\d+)\0moduleLoadList/), matching('\0--enable-ssl2', /\0v(?<version>\d+\.\d+\.\d+)\0--enable-ssl2/)],
    cpes: ['nodejs:node.js'],
    confidence: sure,
  },
  {
    product: 'deno',
    path: namedFile('deno'),
    patterns: [
      matching('Deno/', /(?<!-)Deno\/(?<version>\d+\.\d+\.\d+)(?:Deno\/|\+)/),
      // Not the library that calls itself `OTel-OTLP-Exporter-Deno`.
      matching('Deno/', /(?<!-)Deno\/(?<version>\d+\.\d+\.\d+)/),
      matching('deno-', /deno-[0-9a-f]{40}release\/v(?<version>\d+\.\d+\.\d+)/),
      matching('release/v', /[0-9a-f]{40}(?<version>\d+\.\d+\.\d+)release\/v/),
      matching('deno-canary/', /deno-canary\/[0-9a-f]{40}(?<version>\d+\.\d+\.\d+)/),
    ],
    cpes: ['deno:deno'],
    confidence: sure,
  },
  { product: 'bun', path: namedFile('bun'), patterns: [between('Bun v', '', number)], cpes: ['bun:bun', 'oven:bun'], confidence: sure },
  { product: 'pypy', path: sharedLibrary(String.raw`libpypy(?:\d(?:\.\d+)?)?-c`), patterns: [between('[PyPy ')], cpes: ['pypy:pypy'], confidence: sure },
  {
    product: 'python',
    path: /(?:^|\/)(?:python\d\.\d+|libpython\d\.\d+[a-z]*\.so(?:\.[\d.]+)?)$/,
    patterns: pythonPatterns,
    cpes: ['python:python', 'python_software_foundation:python'],
    confidence: sure,
  },
  {
    product: 'ruby',
    path: /(?:^|\/)(?:ruby|libruby(?:-\d[\d.]*)?\.so)(?:\.?\d[\d.]*)?$/,
    patterns: [matching('ruby ', /ruby (?<version>\d+\.\d+\.\d+(?:p\d+)?(?:(?:preview|rc|dev)\d*)?) \(\d{4}-\d\d-\d\d /)],
    cpes: ['ruby-lang:ruby'],
    confidence: sure,
  },
  { product: 'php', path: /(?:^|\/)(?:php(?:-fpm|-cgi)?|libphp)\d*(?:\.\d+)*(?:\.so)?$/, patterns: [between('X-Powered-By: PHP/')], cpes: ['php:php'], confidence: sure },
  { product: 'perl', path: namedFile('perl'), patterns: [between('/lib/perl5/', '', number), between('/lib/perl/', '', number), between('/local/share/perl/', '', number)], cpes: ['perl:perl'], confidence: sure },
  { product: 'lua', path: /(?:^|\/)(?:luac?|liblua)(?:-?\d\.\d)?(?:\.so(?:\.[\d.]+)?)?$/, patterns: [between('$LuaVersion: Lua '), between('$Lua: Lua ')], cpes: ['lua:lua'], confidence: sure },
  {
    product: 'openjdk',
    path: /(?:^|\/)bin\/(?:java|jdb)$/,
    patterns: [matching('\0openjdk\0', /\0openjdk\0(?:java|jdb)\0\d+\.\d+\0(?<version>\d[\w.+-]*)\0/)],
    cpes: ['oracle:openjdk', 'openjdk:openjdk'],
    confidence: sure,
  },
  { product: 'go', path: /(?:^|\/)go\/VERSION$/, patterns: [matching('go1.', /^(?:devel )?go(?<version>1\.\d+(?:\.\d+)?(?:(?:beta|rc)\d+)?)/)], cpes: ['golang:go'], confidence: sure },
  {
    product: 'erlang',
    path: namedFile('erlexec', String.raw`beam\.smp`),
    patterns: [between('/otp_src_', '/', number), matching('Erlang/OTP ', /\0(?<version>\d+\.\d+(?:\.\d+)*)\0+Erlang\/OTP /), matching('/erlang-', /\/erlang-(?<version>\d+(?:\.\d+)+)[^/\0]*\/erts\//), matching('] [async-threads:%d]', /\[async-threads:%d\][^\0]*\0(?<version>\d+\.\d+(?:\.\d+)*)\0/)],
    cpes: ['erlang:erlang/otp', 'erlang:otp'],
    confidence: sure,
  },
  { product: 'elixir', path: namedFile('elixir'), patterns: [between('ELIXIR_VERSION=')], cpes: ['elixir-lang:elixir'], confidence: sure },
  { product: 'dart', path: namedFile('dart', 'dartaotruntime'), patterns: [matching(' (stable) (', /\0(?<version>\d+\.\d+\.\d+) \(stable\) \(/), matching(' (beta) (', /\0(?<version>\d+\.\d+\.\d+[\w.-]*) \(beta\) \(/)], cpes: ['dart:dart_software_development_kit'], confidence: sure },
  {
    product: 'julia',
    path: sharedLibrary('libjulia-internal', 'libjulia'),
    patterns: [between('\0__init__\0', '\0'), between('\0verify_methods\0', '\0'), matching('\0branch\0commit\0', /(?<version>1\.\d+\.\d+(?:-\w+)?)\0branch\0commit\0/), ahead('\0julia version %s'), between('\0Task cannot be serialized\0', '\0')],
    cpes: ['julialang:julia'],
    confidence: likely,
  },
  { product: 'rust', path: /(?:^|\/)libstd-[0-9a-f]{16}\.(?:so|dylib)$/, patterns: [between('(rustc version '), between('/rustc-', '/library/', three), matching(' (', / (?<version>1\.\d+\.\d+) \([0-9a-f]{9} \d{4}-\d\d-\d\d\)/)], cpes: ['rust-lang:rust'], confidence: sure },
  { product: 'swi-prolog', path: namedFile('swipl'), patterns: [between('/swipl-', '/')], cpes: ['swi-prolog:swi-prolog'], confidence: likely },
  { product: 'ghc', path: namedFile('ghc'), patterns: [between('libHSghc-', '-ghc', three), between('\0GHC ', '\0'), between('libHSghc-')], cpes: ['haskell:ghc'], confidence: likely },
  {
    product: 'gcc',
    // Distributions put the system before the name: `x86_64-linux-gnu-gcc-12`.
    path: /(?:^|\/)(?:[\w.]+-){0,4}(?:gcc|g\+\+|cpp)(?:-?\d+(?:\.\d+)*)?$/,
    patterns: [
      // Between the version and these words stands who built it.
      matching('gcc version %s %s', /\0(?<version>\d+\.\d+\.\d+)(?: \d{8}(?: \([a-z]+\))?)?\0\([^\0]*\) \0gcc version %s %s/),
      matching('\0(Debian ', /\0(?<version>\d+\.\d+\.\d+)(?: \d{8}(?: \([a-z]+\))?)?\0\(Debian /),
      between('GCC: (GNU) '),
    ],
    cpes: ['gnu:gcc'],
    confidence: likely,
  },
  { product: 'wp-cli', path: namedFile('wp'), patterns: [between('wp-cli/wp-cli ')], cpes: ['wp-cli:wp-cli'], confidence: sure },
  // Other servers.
  { product: 'consul', path: namedFile('consul'), patterns: [between('CONSUL_VERSION: '), between('version.GitDescribe=v'), between('version.GitDescribe=')], cpes: ['hashicorp:consul'], confidence: sure },
  { product: 'fluent-bit', path: namedFile('fluent-bit'), patterns: [matching('Fluent Bit v%s', /\0(?<version>\d+\.\d+\.\d+)\0[\s\S]{0,16}Fluent Bit v%s/)], cpes: ['treasuredata:fluent_bit'], confidence: likely },
  { product: 'proftpd', path: namedFile('proftpd'), patterns: [between('ProFTPD Version ', '', String.raw`\d+\.\d+\.\d+[a-z]?(?:rc\d+)?`)], cpes: ['proftpd:proftpd'], confidence: sure },
  { product: 'bind', path: namedFile('named'), patterns: [matching('libisc-', /libisc-(?<version>\d+\.\d+\.\d+)[\w.~+-]*\.so/)], cpes: ['isc:bind'], confidence: likely },
  { product: 'unbound', path: namedFile('unbound'), patterns: [between('\0unbound ', '\0')], cpes: ['nlnetlabs:unbound'], confidence: sure },
  { product: 'dnsmasq', path: namedFile('dnsmasq'), patterns: [between('\0dnsmasq-', '', String.raw`\d+\.\d+(?:rc\d+)?`)], cpes: ['thekelleys:dnsmasq'], confidence: sure },
  { product: 'openssh', path: namedFile('sshd', 'ssh'), patterns: [between('OpenSSH_', '', String.raw`\d+\.\d+p\d+`)], cpes: ['openbsd:openssh'], confidence: sure },
  { product: 'dovecot', path: namedFile('dovecot'), patterns: [between('Dovecot v')], cpes: ['dovecot:dovecot'], confidence: sure },
  { product: 'postfix', path: /(?:^|\/)postfix\/(?:sbin\/)?master$/, patterns: [between('mail_version='), ahead('\0MAIL_CONFIG', three)], cpes: ['postfix:postfix'], confidence: sure },
  { product: 'exim', path: namedFile('exim'), patterns: [matching('<<eximversion>>', /<<eximcnumber>>\0(?<version>\d+\.\d+(?:\.\d+)*)\0<<eximversion>>/)], cpes: ['exim:exim'], confidence: likely },
  { product: 'stunnel', path: namedFile('stunnel'), patterns: [between('\0stunnel ')], cpes: ['stunnel:stunnel'], confidence: sure },
  { product: 'keepalived', path: namedFile('keepalived'), patterns: [between('Keepalived v')], cpes: ['keepalived:keepalived'], confidence: sure },
  { product: 'mosquitto', path: namedFile('mosquitto'), patterns: [ahead('\0mosquitto version %s')], cpes: ['eclipse:mosquitto'], confidence: sure },
  { product: 'tor', path: namedFile('tor'), patterns: [between('\0tor ', '', String.raw`0(?:\.\d+){3}(?:-(?:alpha|beta|rc)\w*)?`)], cpes: ['torproject:tor'], confidence: sure },
  { product: 'coturn', path: namedFile('turnserver'), patterns: [between('Coturn-')], cpes: ['coturn_project:coturn'], confidence: sure },
  { product: 'freeradius', path: namedFile('freeradius', 'radiusd'), patterns: [between('FreeRADIUS Version ')], cpes: ['freeradius:freeradius'], confidence: sure },
  { product: 'zabbix', path: namedFile('zabbix_(?:server|proxy|agentd)'), patterns: [between('\0Zabbix ', '\0')], cpes: ['zabbix:zabbix'], confidence: sure },
  // Tools and libraries.
  { product: 'tini', path: namedFile('tini'), patterns: [between('tini version ')], cpes: [], confidence: sure },
  { product: 'busybox', path: /(?:^|\/)(?:busybox|\[)$/, patterns: [between('BusyBox v')], cpes: ['busybox:busybox'], confidence: sure },
  { product: 'bash', path: namedFile('bash'), patterns: [between('@(#)Bash version ')], cpes: ['gnu:bash'], confidence: sure },
  { product: 'aws-lc', path: /(?:^|\/)(?:openssl|lib(?:crypto|ssl)(?:-[0-9a-f]{8})?\.so[\d.]*)$/, patterns: [between('AWS-LC ')], cpes: ['amazon:aws-lc'], insteadOf: ['openssl'], confidence: sure },
  {
    product: 'openssl',
    path: /(?:^|\/)(?:openssl|lib(?:crypto|ssl)(?:-[0-9a-f]{8})?\.so[\d.]*)$/,
    patterns: [matching('OpenSSL ', /OpenSSL (?<version>\d+\.\d+\.\d+[a-z]*(?:-(?:alpha|beta|rc)\d+)?)(?:-\w+)? +\d{1,2} [A-Z][a-z]{2} \d{4}/)],
    cpes: ['openssl:openssl'],
    confidence: sure,
  },
  { product: 'curl', path: namedFile('curl'), patterns: [between('\0curl/'), between('\0curl ', ' (')], cpes: ['haxx:curl'], confidence: sure },
  { product: 'libcurl', path: sharedLibrary('libcurl', 'libcurl-gnutls'), patterns: [between('libcurl/'), between('libcurl ')], cpes: ['haxx:libcurl', 'haxx:curl'], confidence: sure },
  { product: 'git', path: namedFile('git'), patterns: [matching('\0GIT_USER_AGENT', /git\/(?<version>\d+(?:\.\d+)+)\0GIT_USER_AGENT/)], cpes: ['git-scm:git', 'git:git'], confidence: sure },
  { product: 'krb5', path: sharedLibrary('libkrb5'), patterns: [matching('KRB5_BRAND: ', /KRB5_BRAND: krb5-(?<version>\d+\.\d+(?:\.\d+)?)/)], cpes: ['mit:kerberos_5', 'mit:kerberos'], confidence: sure },
  { product: 'zlib', path: sharedLibrary('libz'), patterns: [between(' inflate ', ' Copyright'), between(' deflate ', ' Copyright')], cpes: ['zlib:zlib', 'gnu:zlib'], confidence: sure },
  { product: 'expat', path: sharedLibrary('libexpat'), patterns: [between('\0expat_')], cpes: ['libexpat_project:libexpat'], confidence: sure },
  { product: 'libpng', path: sharedLibrary(String.raw`libpng\d*`), patterns: [between('libpng version ')], cpes: ['libpng:libpng'], confidence: sure },
  { product: 'glibc', path: /(?:^|\/)libc(?:-\d[\d.]*)?\.so(?:\.6)?$/, patterns: [matching('stable release version ', /GNU C Library [^\n]*stable release version (?<version>\d+\.\d+)/)], cpes: ['gnu:glibc'], confidence: sure },
  { product: 'qt', path: sharedLibrary(String.raw`libQt\d?Core`), patterns: [between('Qt ', ' ('), between('QtCore library version ')], cpes: ['qt:qtbase', 'qt:qt'], confidence: sure },
  { product: 'ffmpeg', path: /(?:^|\/)(?:ff(?:mpeg|probe)(?:-(?:linux|macos|win)[\w.-]*)?|lib(?:av(?:codec|format|util|filter)|swscale)(?:-[0-9a-f]{8})?\.so[\d.]*)$/, patterns: [between('FFmpeg version n'), between('FFmpeg version '), between('%s version n'), between('%s version '), matching('\0%s version %s', /\0n?(?<version>\d+\.\d+(?:\.\d+)*)(?:-[^\0]*)?\0%s version %s/)], cpes: ['ffmpeg:ffmpeg'], confidence: sure },
  { product: 'util-linux', path: namedFile('getopt'), patterns: [between('util-linux ')], cpes: ['kernel:util-linux'], confidence: sure },
  { product: 'xz', path: namedFile('xz'), patterns: [between('xz (XZ Utils) ')], cpes: ['tukaani:xz'], confidence: sure },
  { product: 'zstd', path: namedFile('zstd'), patterns: [matching('\0Zstandard CLI', /\0v(?<version>\d+\.\d+\.\d+)\0Zstandard CLI/), matching('\0zstd command line', /\0v(?<version>\d+\.\d+\.\d+)\0zstd command line/)], cpes: ['facebook:zstandard'], confidence: sure },
  { product: 'gzip', path: namedFile('gzip'), patterns: [ahead('\0%s %s\n', number), matching('changed while zipping', /\0(?<version>1\.\d+)\0/), between('\0%5.1f%%\0', '\0', number)], cpes: ['gnu:gzip'], confidence: likely },
  { product: 'jq', path: namedFile('jq'), patterns: [ahead('\0version\0jq-%s', number), ahead('\0DEBUG:\0', number), matching('/jq-', /\/jq-(?<version>\d+\.\d+(?:\.\d+)*)=\./)], cpes: ['jqlang:jq', 'jq_project:jq'], confidence: likely },
  { product: 'sqlcipher', path: /(?:^|\/)(?:sqlcipher|libsqlcipher(?:-\d[\d.]*)?\.so(?:\.[\d.]+)?)$/, patterns: [between('\0community\0', '\0'), matching('\0cipher_page_size\0', /\0(?<version>\d+\.\d+\.\d+)\0cipher_page_size\0/)], cpes: ['zetetic:sqlcipher'], confidence: likely },
  { product: 'chrome', path: namedFile('chrome', 'chromium'), patterns: [between('\0Chrome/', '\0', four), between('\0glic-actor-ui-debounce-timer\0', '\0', four), matching('\0Default', /\0(?<version>\d+\.\d+\.\d+\.\d+)\0Default/)], cpes: ['google:chrome'], confidence: likely },
];
