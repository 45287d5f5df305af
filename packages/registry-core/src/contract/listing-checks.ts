import assert from 'node:assert/strict';
import { RegistryError } from '../errors.js';
import type { RegistryImage } from '../plugin.js';
import { connect, patiently, readAll, variantOf } from './contract-check.js';
import type { ContractCheck } from './contract-check.js';

/** Checks of what a connection lists. Those of a capability the variant does not have are kept by not having it. */
export const listingChecks: readonly ContractCheck[] = [
  {
    name: 'lists every repository exactly once over several pages',
    run: async (subject) => {
      if (!variantOf(subject).capabilities.listRepositories) return;
      await using connection = connect(subject);
      const repositories = await readAll(connection.listRepositories(patiently()));
      assert.deepEqual(
        repositories.map((repository) => repository.name).toSorted(),
        subject.repositoryNames.toSorted(),
      );
      assert.ok(subject.listRequests() >= 3, 'the subject serves its repositories in three pages or more');
    },
  },
  {
    name: 'lists nothing of an empty registry',
    repositories: 0,
    run: async (subject) => {
      if (!variantOf(subject).capabilities.listRepositories) return;
      await using connection = connect(subject);
      assert.deepEqual(await readAll(connection.listRepositories(patiently())), []);
    },
  },
  {
    name: 'stops asking when the reader stops',
    run: async (subject) => {
      if (!variantOf(subject).capabilities.listRepositories) return;
      await using connection = connect(subject);
      for await (const page of connection.listRepositories(patiently())) {
        assert.notEqual(page.length, 0);
        break;
      }
      assert.equal(subject.listRequests(), 1);
    },
  },
  {
    name: 'stops asking when the reader aborts',
    run: async (subject) => {
      if (!variantOf(subject).capabilities.listRepositories) return;
      await using connection = connect(subject);
      const abort = new AbortController();
      const pages = connection.listRepositories({ signal: abort.signal })[Symbol.asyncIterator]();
      await pages.next();
      const requests = subject.listRequests();
      abort.abort();
      await assert.rejects(async () => pages.next(), isKind('cancelled'));
      assert.equal(subject.listRequests(), requests);
    },
  },
  {
    name: 'asks for a turn before each listing request, and counts it',
    run: async (subject) => {
      if (!variantOf(subject).capabilities.listRepositories) return;
      await using connection = connect(subject);
      let turns = 0;
      let requests = 0;
      const meter = {
        turn: async () => {
          turns += 1;
          assert.ok(subject.listRequests() < turns, 'the turn comes before the request');
        },
        made: (count: number) => {
          requests += count;
        },
      };
      await readAll(connection.listRepositories({ ...patiently(), meter }));
      assert.ok(turns >= subject.listRequests(), 'each request had its turn');
      assert.equal(requests, subject.listRequests());
    },
  },
  {
    name: 'does what its capabilities say and no more',
    run: async (subject) => {
      const { capabilities, credentialKinds } = variantOf(subject);
      await using connection = connect(subject);
      assert.equal(credentialKinds.length === 0, capabilities.anonymous, 'an anonymous variant asks for no credential');

      const repositories = readAll(connection.listRepositories(patiently()));
      if (capabilities.listRepositories) assert.notDeepEqual(await repositories, []);
      else await assert.rejects(repositories, isKind('unsupported'));

      const images = readAll(connection.listImages(subject.pullable.repository, patiently()));
      if (!capabilities.listTags) {
        await assert.rejects(images, isKind('unsupported'));
        return;
      }
      assert.ok((await images).some((image) => image.digest === subject.pullable.digest));
      for (const image of await images) assert.equal(hasMetadata(image), capabilities.imageMetadata);
    },
  },
  {
    name: 'lists the names of tags where it says so, and only there',
    run: async (subject) => {
      const { repository, reference } = subject.pullable;
      await using connection = connect(subject);
      const claims = variantOf(subject).capabilities.tagNames === true;
      assert.equal(connection.listTagNames !== undefined, claims);
      if (connection.listTagNames === undefined) return;
      assert.ok((await readAll(connection.listTagNames(repository, patiently()))).includes(reference));
    },
  },
];

function hasMetadata(image: RegistryImage): boolean {
  return image.sizeBytes !== undefined && image.pushedAt !== undefined && image.mediaType !== undefined;
}

/** For `assert.rejects`: an error of the product's own of this kind. */
function isKind(kind: RegistryError['kind']): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof RegistryError, 'the failure is a RegistryError');
    assert.equal(error.kind, kind);
    return true;
  };
}
