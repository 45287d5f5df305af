import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { syncFolder } from './sync-folder.js';

type EngineOptions = Parameters<NodeFS['init']>[1];
type Engine = Parameters<NodeFS['init']>[0];

/** The parts of Emscripten's Node file system that take part in synchronising; PGlite does not type them. */
interface NodeFileSystem {
  readonly stream_ops: { fsync?: (stream: OpenFile) => number };
  readonly node_ops: { rename: (node: FileNode, folder: FileNode, name: string) => void };
  realPath(node: FileNode): string;
  convertNodeCode(error: unknown): number | undefined;
}
type FileNode = object;
interface OpenFile {
  readonly nfd?: number;
  readonly node: FileNode;
}
interface FileSystemErrors {
  readonly ErrnoError: new (errno: number) => Error;
}

/** WASI errno for an input or output error. */
const EIO = 29;

/**
 * PGlite's Node file system with what it lacks: `fsync` reaches the disk, and a renamed file's folder is synchronised. A
 * failure is reported to PostgreSQL as an errno and never swallowed, so that it stops rather than acknowledges.
 */
export class SyncedNodeFS extends NodeFS {
  readonly #onSync: () => void;

  /** `onSync` is called after every successful synchronisation of a file. */
  constructor(folder: string, onSync: () => void) {
    super(folder);
    this.#onSync = onSync;
  }

  override async init(engine: Engine, options: EngineOptions): Promise<{ emscriptenOpts: EngineOptions }> {
    const { emscriptenOpts } = await super.init(engine, options);
    const install = (module: { NODEFS: unknown; FS: unknown }): void => {
      this.#install(module.NODEFS as NodeFileSystem, module.FS as FileSystemErrors);
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), install] } };
  }

  #install(fileSystem: NodeFileSystem, errors: FileSystemErrors): void {
    const reporting = (action: () => void): void => {
      try {
        action();
      } catch (error) {
        throw new errors.ErrnoError(fileSystem.convertNodeCode(error) ?? EIO);
      }
    };
    fileSystem.stream_ops.fsync = (stream) => {
      reporting(() => {
        if (stream.nfd === undefined) syncFolder(fileSystem.realPath(stream.node));
        else fsyncSync(stream.nfd);
      });
      this.#onSync();
      return 0;
    };
    const rename = fileSystem.node_ops.rename;
    fileSystem.node_ops.rename = (node, folder, name) => {
      rename(node, folder, name);
      reporting(() => syncFolder(fileSystem.realPath(folder)));
    };
  }
}
