import { describe, expect, it } from 'vitest';
import { zipFile } from '../../test-support/zip-fixture.js';
import { archiveLimits, readJavaArchive, type ArchiveLimits } from './read-java-archive.js';

const properties = (group: string, name: string, version: string): Record<string, string> => ({
  [`META-INF/maven/${group}/${name}/pom.properties`]: `groupId=${group}\nartifactId=${name}\nversion=${version}\n`,
});
const manifest = (...lines: readonly string[]): Record<string, string> => ({ 'META-INF/MANIFEST.MF': `Manifest-Version: 1.0\n${lines.join('\n')}\n` });
const classes = (folder = 'org/a'): Record<string, string> => ({ [`${folder}/A.class`]: 'x' });

/** What a file holds as `path: group:name@version`, the archive's own package with a star. */
function packagesOf(name: string, content: Buffer): readonly string[] {
  return readJavaArchive(name, content).archives.flatMap(({ path, packages }) =>
    packages.map((software) => `${path}: ${software.group ?? '?'}:${software.name}@${software.version}${software.isMain ? ' *' : ''}`),
  );
}

describe('readJavaArchive', () => {
  it.each<[string, string, Record<string, string>, readonly string[]]>([
    ['its one pom.properties', 'a-1.jar', properties('org.a', 'a', '1'), [': org.a:a@1 *']],
    ['the one its file is named after', 'a-core-1.jar', { ...properties('org.a', 'a', '3'), ...properties('org.a', 'a-core', '1'), ...properties('org.b', 'b', '2') }, [': org.a:a-core@1 *', ': org.a:a@3', ': org.b:b@2']],
    ['the one its file is named after with its group', 'org.b-x.jar', { ...properties('com.b', 'x', '1'), ...properties('org.b', 'x', '2') }, [': org.b:x@2 *', ': com.b:x@1']],
    ['the one its file is named after but for dashes', 'a-1.3-spec.jar', { ...properties('org.a', 'a_1.3_spec', '1'), ...properties('org.b', 'b', '2') }, [': org.a:a_1.3_spec@1 *', ': org.b:b@2']],
    ['none of several named alike', 'x-1.jar', { ...properties('com.b', 'x', '1'), ...properties('org.b', 'x', '2') }, [': com.b:x@1', ': org.b:x@2']],
    ['what is shaded into a renamed file', 'app.jar', { ...properties('org.b', 'b', '2'), ...classes() }, [': org.b:b@2']],
    ['a pom.xml alone', 'a.jar', { 'META-INF/maven/org.a/a/pom.xml': '<project><parent><groupId>org.a</groupId><version>4</version></parent><artifactId>a</artifactId></project>' }, [': org.a:a@4 *']],
    ['a pom.xml where pom.properties has placeholders', 'a.jar', { ...properties('org.a', 'a', '${revision}'), 'META-INF/maven/org.a/a/pom.xml': '<project><groupId>org.a</groupId><artifactId>a</artifactId><version>4</version></project>' }, [': org.a:a@4 *']],
    ['file name and manifest that agree', 'log4j-1.2-api-2.19.0.jar', manifest('Implementation-Version: 2.19.0'), [': ?:log4j-1.2-api@2.19.0 *']],
    ['file name and OSGi version that agree', 'a-1.2-SNAPSHOT.jar', manifest('Bundle-Version: 1.2.0.SNAPSHOT', 'Implementation-Version: 1.2-SNAPSHOT'), [': ?:a@1.2-SNAPSHOT *']],
    ['file name and title that agree', 'a.jar', manifest('Implementation-Title: a', 'Implementation-Version: 3'), [': ?:a@3 *']],
    ['a group that the symbolic name repeats', 'b-1.jar', manifest('Bundle-SymbolicName: org.a.b;singleton:=true', 'Bundle-Version: 1.0.0', 'Implementation-Vendor-Id: org.a'), [': org.a:b@1 *']],
    ['no group from a vendor alone', 'commons-logging-1.2.jar', manifest('Bundle-SymbolicName: org.apache.commons.logging', 'Bundle-Version: 1.2.0', 'Implementation-Vendor-Id: org.apache'), [': ?:commons-logging@1.2 *']],
    ['a known library by its classes', 'spring-core-6.1.1.jar', { ...manifest('Implementation-Version: 6.1.1'), ...classes('org/springframework/core') }, [': org.springframework:spring-core@6.1.1 *']],
    ['no known library without its classes', 'spring-core-6.1.1.jar', { ...manifest('Implementation-Version: 6.1.1'), ...classes() }, [': ?:spring-core@6.1.1 *']],
    ['file name and manifest that agree but for a classifier', 'spring-boot-cli-3.2.0-full.jar', manifest('Implementation-Version: 3.2.0'), [': ?:spring-boot-cli@3.2.0 *']],
    ['nothing where the version goes on', 'a-3.2.0-beta.jar', manifest('Implementation-Version: 3.2.0'), []],
    ['the bare name of a known library by its classes', 'spring-boot-loader.jar', { ...manifest('Implementation-Title: Spring Boot Loader', 'Implementation-Version: 3.2.0'), ...classes('org/springframework/boot/loader') }, [': org.springframework.boot:spring-boot-loader@3.2.0 *']],
    ['nothing of that name without them', 'spring-boot-loader.jar', { ...manifest('Implementation-Version: 3.2.0'), ...classes() }, []],
    ['a plugin of Jenkins', 'gradle.jpi', manifest('Group-Id: org.jenkins-ci.plugins', 'Short-Name: gradle', 'Plugin-Version: 2.11 (private)'), [': org.jenkins-ci.plugins:gradle@2.11 *']],
    ['file name and manifest that agree but for zeros', 'bcprov-1.72.jar', manifest('Implementation-Version: 1.72.0', 'Specification-Version: 1.1'), [': ?:bcprov@1.72 *']],
    ['file name and a version of Kotlin with its build', 'kotlin-stdlib-1.6.20.jar', { ...manifest('Implementation-Title: kotlin-stdlib', 'Implementation-Version: 1.6.20-release-275(1.6.20)'), ...classes('kotlin/text') }, [': org.jetbrains.kotlin:kotlin-stdlib@1.6.20 *']],
    ['a known library by its version, too', 'asm-9.4.jar', { ...manifest('Implementation-Version: 9.4'), ...classes('org/objectweb/asm') }, [': org.ow2.asm:asm@9.4 *']],
    ['no group of a version that was published in another', 'asm-3.3.1.jar', { ...manifest('Implementation-Version: 3.3.1'), ...classes('org/objectweb/asm') }, [': ?:asm@3.3.1 *']],
    ['an early library of Apache Commons', 'commons-io-1.3.1.jar', { ...manifest('Implementation-Version: 1.3.1'), ...classes('org/apache/commons/io') }, [': commons-io:commons-io@1.3.1 *']],
    ['cryptography of Bouncy Castle', 'bcprov-jdk18on-1.72.jar', { ...manifest('Bundle-Version: 1.72'), ...classes('org/bouncycastle/crypto') }, [': org.bouncycastle:bcprov-jdk18on@1.72 *']],
    ['file name and a version of Eclipse without its qualifier', 'eclipse-text-3.12.300.jar', manifest('Bundle-Version: 3.12.300.qualifier'), [': ?:eclipse-text@3.12.300 *']],
    ['a title that is group and name', 'batik-all.jar', manifest('Implementation-Title: org.apache.xmlgraphics:batik-all', 'Implementation-Version: 1.16'), [': org.apache.xmlgraphics:batik-all@1.16 *']],
    ['no title that ends in its name', 'all.jar', manifest('Implementation-Title: All of it :all', 'Implementation-Version: 1.16'), []],
    ['the local repository of Maven', 'root/.m2/repository/org/ow2/asm/asm-tree/9.4/asm-tree-9.4.jar', classes(), [': org.ow2.asm:asm-tree@9.4 *']],
    ['that of Maven, with a classifier', 'usr/share/maven/ref/repository/io/netty/netty-tcnative/2.0.1.Final/netty-tcnative-2.0.1.Final-linux-x86_64.jar', classes(), [': io.netty:netty-tcnative@2.0.1.Final *']],
    ['the cache of Gradle', 'home/a/.gradle/caches/modules-2/files-2.1/org.dom4j/dom4j/2.1.1/3dce5dbb3571aa820c677fadd8349bfa8f00c199/dom4j-2.1.1.jar', classes(), [': org.dom4j:dom4j@2.1.1 *']],
    ['the cache of coursier', 'root/.cache/coursier/v1/https/repo1.maven.org/maven2/antlr/antlr/2.7.7/antlr-2.7.7.jar', classes(), [': antlr:antlr@2.7.7 *']],
    ['what it says itself in a repository of another', '.m2/repository/org/b/b/2/b-2.jar', properties('org.a', 'b', '2'), [': org.a:b@2 *']],
    ['the repository where only what is shaded says anything', '.m2/repository/org/b/b/2/b-2.jar', properties('org.a', 'c', '3'), [': org.b:b@2 *', ': org.a:c@3']],
    ['nothing where a repository has a version that is none', 'usr/share/maven-repo/antlr/antlr/debian/antlr-debian.jar', classes(), []],
    ['nothing of sources in a repository', '.m2/repository/org/b/b/2/b-2-sources.jar', classes(), []],
    ['nothing where file and folders differ', '.m2/repository/org/b/b/2/b-20.jar', classes(), []],
    ['nothing of folders that are no repository', 'srv/org/b/b/2/b-2.jar', classes(), []],
    ['nothing from a file name alone', 'a-1.0.jar', manifest('Implementation-Version: 2'), []],
    ['nothing of a section for a folder', 'a-3.4.6.jar', { 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\n\nName: org/a/\nImplementation-Version: 3.4.6\n' }, []],
    ['nothing of instrumentation', 'spring-4.3.0-1.0.jar', manifest('Implementation-Version: 1.0', 'Weave-Classes: org/springframework/X'), []],
    ['no coordinates that none can have', 'a.jar', properties('../..', 'a', '1'), []],
  ])('knows an archive by %s', (_what, name, files, expected) => {
    expect(packagesOf(name, zipFile(files))).toEqual(expected);
  });

  it('reads archives inside archives, stored and compressed', () => {
    const inner = zipFile(properties('org.c', 'c', '3'));
    const middle = zipFile({ ...properties('org.b', 'b', '2'), 'lib/c-3.jar': inner });
    const outer = zipFile([
      { name: 'WEB-INF/lib/b-2.jar', content: middle, isStored: true },
      { name: 'WEB-INF/lib/c-3.jar', content: inner },
    ]);
    expect(packagesOf('app.war', outer)).toEqual(['WEB-INF/lib/b-2.jar: org.b:b@2 *', 'WEB-INF/lib/b-2.jar!/lib/c-3.jar: org.c:c@3 *', 'WEB-INF/lib/c-3.jar: org.c:c@3 *']);
  });

  it('describes a package by its pom, and by its manifest what the pom leaves out', () => {
    const { archives } = readJavaArchive(
      'a-1.jar',
      zipFile({
        ...properties('org.a', 'a', '1'),
        'META-INF/maven/org.a/a/pom.xml': '<project><description>d</description><licenses><license><name>The Apache Software License, Version 2.0</name></license><license><name>Ours</name><url>http://www.eclipse.org/legal/epl-v10.html</url></license></licenses></project>',
        ...manifest('Bundle-Vendor: V', 'Bundle-DocURL: https://a.example.org', 'Bundle-License: MIT', 'Bundle-Description: other'),
      }),
    );
    expect(archives).toEqual([
      {
        path: '',
        packages: [
          {
            group: 'org.a',
            name: 'a',
            version: '1',
            isMain: true,
            licences: [
              { declared: 'The Apache Software License, Version 2.0', spdxExpression: 'Apache-2.0' },
              { declared: 'Ours', spdxExpression: 'EPL-1.0' },
            ],
            description: 'd',
            homepage: 'https://a.example.org',
            supplier: 'V',
            dependencies: [],
          },
        ],
      },
    ]);
  });

  it.each([
    ['MIT', [{ declared: 'MIT', spdxExpression: 'MIT' }]],
    ['Apache License, Version 2.0', [{ declared: 'Apache License, Version 2.0', spdxExpression: 'Apache-2.0' }]],
    ['https://www.apache.org/licenses/LICENSE-2.0.txt;description=x', [{ declared: 'https://www.apache.org/licenses/LICENSE-2.0.txt', spdxExpression: 'Apache-2.0' }]],
    ['"https://opensource.org/licenses/MIT","http://x.example.org/"', [{ declared: 'https://opensource.org/licenses/MIT', spdxExpression: 'MIT' }, { declared: 'http://x.example.org/' }]],
    ['<<EXTERNAL>>', []],
  ])('takes a Bundle-License of %s', (text, expected) => {
    const { archives } = readJavaArchive('a-1.jar', zipFile(manifest('Bundle-Version: 1', `Bundle-License: ${text}`)));
    expect(archives[0]?.packages[0]?.licences).toEqual(expected);
  });

  const unidentified = { code: 'java-archive-unidentified', severity: 'notice', message: 'The archive holds classes, and nothing in it tells its name and version for certain.' };

  it.each<[string, string, Buffer, readonly object[]]>([
    ['classes of unknown origin', 'app.jar', zipFile(classes()), [unidentified]],
    ['resources alone', 'resources.jar', zipFile({ 'a.txt': 'x' }), []],
    ['the runtime itself', 'jrt-fs.jar', zipFile({ ...classes('jdk/internal'), ...manifest('Implementation-Title: Java Runtime Environment') }), []],
    ['an empty file', 'a.jar', Buffer.alloc(0), []],
    ['another format with the extension', 'a.rar', Buffer.from('Rar!\u001a\u0007'), []],
    ['no archive', 'a.jar', Buffer.from('<html>'), [{ code: 'java-archive-unreadable', severity: 'incomplete', message: 'The archive could not be read: it has no central directory.' }]],
    [
      'damage inside',
      'a.war',
      zipFile([{ name: 'WEB-INF/lib/b.jar', content: zipFile(classes()), says: { flags: 1 } }]),
      [{ code: 'java-archive-unreadable', severity: 'incomplete', message: '"WEB-INF/lib/b.jar" could not be read: it is encrypted.' }],
    ],
  ])('says of %s what there is to say', (_what, name, content, expected) => {
    expect(readJavaArchive(name, content)).toMatchObject({ archives: [], diagnostics: expected });
  });

  const inside = zipFile(properties('org.b', 'b', '2'));
  const deep = zipFile({ 'b.jar': zipFile({ 'c.jar': zipFile({ 'd.jar': inside }) }) });

  it.each<[string, Partial<ArchiveLimits>, Buffer, string]>([
    ['deeper than archives nest', { maximumDepth: 2 }, deep, '"b.jar!/c.jar!/d.jar" was not read: it is nested deeper than 2 archives.'],
    ['of more entries', { maximumEntries: 3 }, zipFile({ a: '', b: '', c: '', d: '' }), 'The archive was not read to its end: more than 3 entries are inside'],
    ['of more archives', { maximumArchives: 2 }, deep, 'The archive was not read to its end: more than 2 archives are inside'],
    ['that unpacks to more', { maximumInflatedBytes: 300 }, zipFile({ 'a.jar': inside, 'b.jar': inside }), 'The archive was not read to its end: 300 bytes had been unpacked of it already'],
    ['with a larger one inside', { maximumArchiveBytes: 10 }, zipFile({ 'a.jar': inside }), `"a.jar" could not be read: it has ${inside.length} bytes, more than the 10 that are read.`],
    ['that is a bomb', {}, zipFile({ 'a.jar': Buffer.alloc(4 * 1024 * 1024) }), '"a.jar" could not be read: it would unpack to more than 200 times its size.'],
  ])('stops at an archive %s', (_what, limits, content, message) => {
    expect(readJavaArchive('x.jar', content, { ...archiveLimits, ...limits }).diagnostics).toMatchObject([{ severity: 'incomplete', message }]);
  });

  it('keeps what it read before a limit', () => {
    const content = zipFile({ ...properties('org.x', 'x', '1'), 'a.jar': inside, 'b.jar': inside });
    const { archives, diagnostics } = readJavaArchive('x.jar', content, { ...archiveLimits, maximumArchives: 2 });
    expect(archives.map(({ path }) => path)).toEqual(['', 'a.jar']);
    expect(diagnostics).toHaveLength(1);
  });
});
