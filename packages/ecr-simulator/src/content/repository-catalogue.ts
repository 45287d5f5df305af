import { SimulatorError } from '../errors.js';
import type { RegistryPlace } from '../registry-place.js';
import type { SimulatedRepository } from '../simulated-account.js';
import { generateImages } from './generate-images.js';
import { loadOciLayout } from './load-oci-layout.js';
import { RepositoryContent } from './repository-content.js';

const REPOSITORY_NAME = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** Whether the text is a repository name: 2 to 256 characters in the grammar of ECR. */
export function isRepositoryName(name: string): boolean {
  return name.length >= 2 && name.length <= 256 && REPOSITORY_NAME.test(name);
}

/** Every repository of the simulator: the public ones, and the private ones of each registry. */
export class RepositoryCatalogue {
  readonly #home: RegistryPlace;
  readonly #public = new Map<string, RepositoryContent>();
  readonly #private = new Map<string, Map<string, RepositoryContent>>();

  /** @param home where private repositories are that do not say */
  constructor(home: RegistryPlace) {
    this.#home = home;
  }

  /** Of the private ones, in the registry named or at home. */
  find(visibility: 'private' | 'public', name: string, place: RegistryPlace = this.#home): RepositoryContent | undefined {
    return this.#repositories(visibility, place).get(name);
  }

  list(visibility: 'private' | 'public', place: RegistryPlace = this.#home): readonly RepositoryContent[] {
    return [...this.#repositories(visibility, place).values()];
  }

  /** Adds or replaces a repository after all its images were read. @throws SimulatorError */
  async add(repository: SimulatedRepository, now: Date): Promise<void> {
    if (!isRepositoryName(repository.name) || (repository.visibility === 'public' && !repository.name.includes('/'))) {
      throw new SimulatorError(
        'invalid-configuration',
        `'${repository.name}' is not the name of a ${repository.visibility} repository`,
        'Use lower-case letters and digits with single separators; a public name has the form alias/repository.',
      );
    }
    const content = new RepositoryContent({ ...repository, createdAt: repository.createdAt ?? now });
    for (const image of repository.images) await loadOciLayout(content, image, now);
    generateImages(content, repository.generatedImages ?? 0, now);
    const place = { account: repository.account ?? this.#home.account, region: repository.region ?? this.#home.region };
    this.#repositories(repository.visibility, place).set(repository.name, content);
  }

  /** @throws SimulatorError `unknown-repository` */
  remove(visibility: 'private' | 'public', name: string): void {
    if (!this.#repositories(visibility, this.#home).delete(name)) {
      throw new SimulatorError('unknown-repository', `There is no ${visibility} repository '${name}'`, 'Name a repository that was added.');
    }
  }

  #repositories(visibility: 'private' | 'public', { account, region }: RegistryPlace): Map<string, RepositoryContent> {
    if (visibility === 'public') return this.#public;
    const key = `${account} ${region}`;
    const repositories = this.#private.get(key) ?? new Map<string, RepositoryContent>();
    this.#private.set(key, repositories);
    return repositories;
  }
}
