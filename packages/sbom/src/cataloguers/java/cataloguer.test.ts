import { describe, expect, it } from 'vitest';
import { catalogueOf, edgesOf } from '../../test-support/catalogue-fixture.js';
import { zipFile } from '../../test-support/zip-fixture.js';

const project = (name: string, version: string, dependencies: readonly string[] = []): Record<string, string> => ({
  [`META-INF/maven/org.x/${name}/pom.properties`]: `groupId=org.x\nartifactId=${name}\nversion=${version}\n`,
  [`META-INF/maven/org.x/${name}/pom.xml`]: `<project><dependencies>${dependencies.map((artifact) => `<dependency><groupId>org.x</groupId><artifactId>${artifact}</artifactId></dependency>`).join('')}</dependencies></project>`,
});

describe('Java archives', () => {
  it('are described wholly, those inside by the path inside', async () => {
    const application = zipFile({ ...project('app', '1', ['lib']), 'BOOT-INF/lib/lib-2.jar': zipFile(project('lib', '2')) });
    const { components, relationships } = await catalogueOf([[{ name: 'srv/app.jar', content: application }]]);
    const layer = { layerIndex: 0, layerDiffId: expect.stringMatching(/^sha256:/) };
    const common = { ecosystem: 'maven', licences: [], cataloguer: 'java' };
    expect(components).toEqual([
      { ...common, id: 'pkg:maven/org.x/app@1', name: 'org.x:app', version: '1', packageUrl: 'pkg:maven/org.x/app@1', locations: [{ path: '/srv/app.jar', ...layer }] },
      { ...common, id: 'pkg:maven/org.x/lib@2', name: 'org.x:lib', version: '2', packageUrl: 'pkg:maven/org.x/lib@2', locations: [{ path: '/srv/app.jar!/BOOT-INF/lib/lib-2.jar', ...layer }] },
    ]);
    expect(relationships).toEqual([
      { from: 'pkg:maven/org.x/app@1', to: 'pkg:maven/org.x/lib@2', kind: 'depends-on' },
      { from: 'pkg:maven/org.x/app@1', to: 'pkg:maven/org.x/lib@2', kind: 'owns' },
    ]);
  });

  it('without a group have a generic package URL', async () => {
    const { components } = await catalogueOf([[{ name: 'opt/a-1.jar', content: zipFile({ 'META-INF/MANIFEST.MF': 'Implementation-Version: 1\n' }) }]]);
    expect(components).toMatchObject([{ ecosystem: 'maven', name: 'a', packageUrl: 'pkg:generic/a@1' }]);
  });

  it('own what is shaded into them, through archives without a name', async () => {
    const catalogue = await catalogueOf([
      [
        {
          name: 'opt/app-1.ear',
          content: zipFile({ ...project('app', '1'), ...project('shaded', '2'), 'web.war': zipFile({ 'WEB-INF/lib/deep-3.jar': zipFile(project('deep', '3')) }) }),
        },
      ],
    ]);
    expect(edgesOf(catalogue)).toEqual(['org.x:app owns org.x:deep', 'org.x:app owns org.x:shaded']);
  });

  it('depend on what is beside them', async () => {
    const catalogue = await catalogueOf([
      [
        { name: 'opt/lib/a-1.jar', content: zipFile(project('a', '1', ['b', 'gone'])) },
        { name: 'opt/lib/b-2.jar', content: zipFile(project('b', '2')) },
        { name: 'opt/other/b-3.jar', content: zipFile(project('b', '3')) },
      ],
    ]);
    expect(catalogue.relationships).toEqual([{ from: 'pkg:maven/org.x/a@1', to: 'pkg:maven/org.x/b@2', kind: 'depends-on' }]);
  });

  it('belong with all they hold to the package of the distribution whose files they are', async () => {
    const status = 'Package: libapp-java\nStatus: install ok installed\nArchitecture: all\nVersion: 1-1\n\n';
    const { components } = await catalogueOf([
      [
        { name: 'var/lib/dpkg/status', content: status },
        { name: 'var/lib/dpkg/info/libapp-java.list', content: '/.\n/usr/share/java/app-1.jar\n' },
        { name: 'usr/share/java/app-1.jar', content: zipFile({ ...project('app', '1'), 'lib/lib-2.jar': zipFile(project('lib', '2')) }) },
      ],
    ]);
    const owner = components.find(({ ecosystem }) => ecosystem === 'deb')?.id;
    expect(components.filter(({ ecosystem }) => ecosystem === 'maven').map(({ name, ownedBy }) => [name, ownedBy])).toEqual([
      ['org.x:app', owner],
      ['org.x:lib', owner],
    ]);
  });

  it('come with the layer since which their version is there, and are counted once behind links', async () => {
    const { components } = await catalogueOf([
      [{ name: 'opt/a.jar', content: zipFile(project('a', '1')) }, { name: 'opt/b.jar', content: zipFile(project('b', '1')) }, { name: 'opt/current.jar', type: '2', link: 'a.jar' }],
      [{ name: 'opt/a.jar', content: zipFile({ ...project('a', '1'), touched: '' }) }, { name: 'opt/b.jar', content: zipFile(project('b', '2')) }],
    ]);
    expect(components.map(({ name, version, locations }) => [name, version, locations[0]?.layerIndex])).toEqual([
      ['org.x:a', '1', 0],
      ['org.x:b', '2', 1],
    ]);
  });

  it('that nothing identifies are reported', async () => {
    const { diagnostics } = await catalogueOf([[{ name: 'opt/a.jar', content: zipFile({ 'a/A.class': '' }) }]]);
    expect(diagnostics).toMatchObject([{ code: 'java-archive-unidentified', severity: 'notice', path: '/opt/a.jar' }]);
  });
});
