interface KnownGroup {
  readonly group: string;
  /** Names of its artefacts. */
  readonly artifact: RegExp;
  /** Folder that some of its classes are in. */
  readonly folder: string;
  /** Versions that were published in this group; any when absent. */
  readonly version?: RegExp;
}

/** Libraries of Apache Commons of before 2010, which are groups of their own; later ones have their coordinates inside. */
const earlyCommons = ['beanutils', 'cli', 'codec', 'collections', 'digester', 'discovery', 'fileupload', 'httpclient', 'io', 'lang', 'net', 'validator'];

/**
 * Groups of widespread libraries that are published without their coordinates inside, as their projects' own documentation
 * gives them. An archive belongs to one only if its name does and its classes are where the group's are.
 */
const knownGroups: readonly KnownGroup[] = [
  {
    group: 'org.springframework',
    artifact: /^spring-(?:aop|aspects|beans|context|context-indexer|context-support|core|core-test|expression|instrument|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web|webflux|webmvc|websocket)$/,
    folder: 'org/springframework/',
  },
  { group: 'org.springframework', artifact: /^spring-jcl$/, folder: 'org/apache/commons/logging/' },
  { group: 'org.springframework.boot', artifact: /^spring-boot(?:-[a-z0-9]+)*$/, folder: 'org/springframework/boot/' },
  { group: 'org.springframework.security', artifact: /^spring-security-[a-z0-9-]+$/, folder: 'org/springframework/security/' },
  { group: 'org.apache.tomcat.embed', artifact: /^tomcat-embed-(?:core|websocket)$/, folder: 'org/apache/tomcat/' },
  { group: 'org.apache.tomcat.embed', artifact: /^tomcat-embed-el$/, folder: 'org/apache/el/' },
  { group: 'org.apache.kafka', artifact: /^kafka-clients$/, folder: 'org/apache/kafka/clients/' },
  { group: 'io.projectreactor', artifact: /^reactor-core$/, folder: 'reactor/core/' },
  { group: 'io.micrometer', artifact: /^micrometer-(?:core|commons|observation)$/, folder: 'io/micrometer/' },
  { group: 'org.elasticsearch.client', artifact: /^elasticsearch-rest-(?:client|client-sniffer|high-level-client)$/, folder: 'org/elasticsearch/client/' },
  { group: 'com.vaadin.external.google', artifact: /^android-json$/, folder: 'org/json/' },
  { group: 'org.jetbrains.kotlin', artifact: /^kotlin-(?:stdlib(?:-jdk[78])?|reflect)$/, folder: 'kotlin/' },
  { group: 'org.bouncycastle', artifact: /^bc(?:prov|prov-ext|pkix|util|tls|pg|mail|jmail)-(?:jdk|debug-jdk)[\w]+$/, folder: 'org/bouncycastle/' },
  { group: 'org.ow2.asm', artifact: /^asm(?:-tree|-util|-analysis|-commons)?$/, folder: 'org/objectweb/asm/', version: /^(?:[4-9]|\d\d)\./ },
  { group: 'org.hibernate', artifact: /^hibernate-(?:core|entitymanager|envers|c3p0|ehcache|jcache|java8)$/, folder: 'org/hibernate/', version: /^[345]\./ },
  { group: 'org.hibernate.common', artifact: /^hibernate-commons-annotations$/, folder: 'org/hibernate/annotations/common/' },
  { group: 'com.squareup.okhttp3', artifact: /^(?:okhttp|logging-interceptor)$/, folder: 'okhttp3/' },
  { group: 'com.squareup.okio', artifact: /^okio(?:-jvm)?$/, folder: 'okio/' },
  { group: 'org.junit.jupiter', artifact: /^junit-jupiter-(?:api|engine|params)$/, folder: 'org/junit/jupiter/' },
  { group: 'org.junit.platform', artifact: /^junit-platform-(?:commons|engine|launcher)$/, folder: 'org/junit/platform/' },
  { group: 'org.opentest4j', artifact: /^opentest4j$/, folder: 'org/opentest4j/' },
  { group: 'org.apiguardian', artifact: /^apiguardian-api$/, folder: 'org/apiguardian/' },
  { group: 'org.apache.xmlgraphics', artifact: /^xmlgraphics-commons$/, folder: 'org/apache/xmlgraphics/' },
  ...earlyCommons.map((library): KnownGroup => ({ group: `commons-${library}`, artifact: new RegExp(`^commons-${library}$`), folder: `org/apache/commons/${library}/`, version: /^[0-3]\./ })),
];

/** @param hasClassesIn whether the archive has entries below a folder */
export function knownGroup(artifact: string, version: string, hasClassesIn: (folder: string) => boolean): string | undefined {
  return knownGroups.find((known) => known.artifact.test(artifact) && known.version?.test(version) !== false && hasClassesIn(known.folder))?.group;
}
