interface KnownGroup {
  readonly group: string;
  /** Names of its artefacts. */
  readonly artifact: RegExp;
  /** Folder that some of its classes are in. */
  readonly folder: string;
}

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
  { group: 'org.jetbrains.kotlin', artifact: /^kotlin-(?:stdlib|reflect)$/, folder: 'kotlin/' },
];

/** @param hasClassesIn whether the archive has entries below a folder */
export function knownGroup(artifact: string, hasClassesIn: (folder: string) => boolean): string | undefined {
  return knownGroups.find((known) => known.artifact.test(artifact) && hasClassesIn(known.folder))?.group;
}
