import { joinPath, parentPath } from '../../layers/layer-path.js';
import { packageUrl } from '../../package-url.js';
import { defineCataloguer, type Assembly, type CatalogueView, type ComponentDraft, type Extraction, type ViewFile } from '../cataloguer.js';
import { cpeName } from '../cpe-name.js';
import { isIdentifier } from '../bounded-text.js';

/** What the `release` file of a Java runtime says. */
interface JvmRelease {
  /** With its build: `21.0.4+7`. */
  readonly version: string;
  /** Without: `21.0.4`. */
  readonly javaVersion: string;
  readonly implementor?: string;
  readonly imageType?: string;
}

/** Builders of Java runtimes by what they call themselves, with the product they are filed under. */
const vendors: readonly { readonly implementor: RegExp; readonly vendor: string; readonly cpes: readonly string[] }[] = [
  { implementor: /eclipse|adoptium|temurin/i, vendor: 'eclipse', cpes: ['eclipse:temurin', 'oracle:openjdk'] },
  { implementor: /azul/i, vendor: 'azul', cpes: ['azul:zulu', 'oracle:openjdk'] },
  { implementor: /amazon/i, vendor: 'amazon', cpes: ['amazon:corretto', 'oracle:openjdk'] },
  { implementor: /bellsoft/i, vendor: 'bellsoft', cpes: ['bellsoft:liberica_jdk', 'oracle:openjdk'] },
  { implementor: /graalvm/i, vendor: 'graalvm', cpes: ['oracle:graalvm', 'oracle:openjdk'] },
  { implementor: /ibm|international business/i, vendor: 'ibm', cpes: ['ibm:semeru_runtime', 'ibm:java'] },
  { implementor: /microsoft/i, vendor: 'microsoft', cpes: ['oracle:openjdk'] },
  { implementor: /sap/i, vendor: 'sap', cpes: ['sap:sapmachine', 'oracle:openjdk'] },
  { implementor: /red hat/i, vendor: 'redhat', cpes: ['redhat:openjdk', 'oracle:openjdk'] },
  { implementor: /oracle/i, vendor: 'oracle', cpes: ['oracle:jdk', 'oracle:jre', 'oracle:openjdk'] },
];

const maximumReleaseBytes = 64 * 1024;

/** Java runtimes that no package brought, by the `release` file in the folder each of them is in. */
export const jvmCataloguer = defineCataloguer<JvmRelease>({
  name: 'jvm',
  version: 1,
  candidates: { names: ['release'] },
  wants: (path, _mode, sizeBytes) => path.endsWith('/release') && sizeBytes <= maximumReleaseBytes,
  extract({ content }): Extraction<JvmRelease> {
    const fact = parseRelease(content.toString());
    return fact === undefined ? {} : { fact };
  },
  assemble(view): Assembly {
    const found = view.files.map((file) => ({ file, component: makeComponent(view, file) }));
    return {
      components: [],
      guesses: found.map(({ component }) => component),
      contents: found.map(({ file, component }) => ({ owner: component, folders: ['bin', 'lib', 'jre'].map((folder) => joinPath(parentPath(file.path), folder)) })),
    };
  },
});

/** `KEY="value"`, a line each. */
function parseRelease(text: string): JvmRelease | undefined {
  const fields = new Map([...text.matchAll(/^([A-Z_]+)="?([^"\r\n]*)"?\r?$/gm)].map(([, key = '', value = '']) => [key, value]));
  const javaVersion = fields.get('JAVA_VERSION') ?? '';
  const version = fields.get('SEMANTIC_VERSION') ?? fields.get('JAVA_RUNTIME_VERSION') ?? fields.get('FULL_VERSION') ?? javaVersion;
  if (!isIdentifier(javaVersion) || !/^\d[\w.+-]*$/.test(version)) return undefined;
  const implementor = fields.get('IMPLEMENTOR')?.slice(0, 200);
  const imageType = fields.get('IMAGE_TYPE')?.slice(0, 20);
  return { version: version.replace(/-LTS$/, ''), javaVersion, ...(implementor === undefined ? {} : { implementor }), ...(imageType === undefined ? {} : { imageType }) };
}

function makeComponent(view: CatalogueView<JvmRelease>, file: ViewFile<JvmRelease>): ComponentDraft {
  const { version, javaVersion, implementor = '', imageType } = file.fact;
  const known = vendors.find((vendor) => vendor.implementor.test(implementor));
  const isDevelopmentKit = imageType === undefined ? view.resolve(joinPath(parentPath(file.path), 'bin/javac')) !== undefined : imageType === 'JDK';
  const name = isDevelopmentKit ? 'jdk' : 'jre';
  return {
    ecosystem: 'generic',
    name,
    version,
    packageUrl: packageUrl({ type: 'generic', namespace: known?.vendor ?? 'openjdk', name, version }),
    licences: [],
    ...(implementor === '' ? {} : { supplier: implementor }),
    locations: [view.location(file.path, view.introducedIn(file, (fact) => fact.version === version))],
    evidence: { technique: 'manifest-analysis', confidence: 0.95 },
    cpes: (known?.cpes ?? ['oracle:openjdk']).map((cpe) => cpeName(cpe, javaVersion)),
  };
}
