const refined = 'the record says fixed at or above this version, or begins above it; its range is another one than when the label was given';
const artifact = 'labels name Java packages by artifact only; the record is about another group';
const code = 'the label says that the vulnerable code cannot be imported; the version is affected by the record';

/** Why our answer differs from a label, looked up by hand: the record, and the note of the label where it has one. */
export const missClasses: Readonly<Record<string, string>> = {
  'Maven jackson-databind 2.6.7.3 missed': refined,
  'Maven jackson-databind 2.4.0 missed': refined,
  'Go github.com/opencontainers/runc v0.1.1 missed': refined,
  'PyPI urllib3 1.24.2 reported': 'the files belong to an rpm that has the fix, as the label says; a scan leaves them to the distribution',
  'Go github.com/containerd/containerd v1.3.4 reported': code,
  'Go github.com/opencontainers/runc v0.1.1 reported': code,
  'Maven dom4j 1.6.1-hudson-3 reported': artifact,
  'Maven httpclient 2.8.3 reported': artifact,
  'Maven commons-httpclient 3.1 reported': 'the label says the vulnerability is of another client; the record names this one',
  'Maven jetty-server 9.4.38.v20210224 reported': 'the version is affected by the record; the label gives no reason',
  'opam ocaml 0.0.0-DEVELOPMENT reported': 'a package of another ecosystem with the same name',
};
