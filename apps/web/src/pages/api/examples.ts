/** An operation to try, with what it is for. A test holds each against the schema. */
export interface ApiExample {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly query: string;
  readonly variables: string;
}

/** What partners ask for first. */
export const apiExamples: readonly ApiExample[] = [
  {
    id: 'images',
    title: 'Images and their results',
    text: 'A page of images, each with its digest, size and number of components.',
    query: `query Images($first: Int!) {
  images(first: $first) {
    edges {
      node {
        id
        name
        tag
        scannedAt
        content { digest platform sizeBytes componentCount partial }
        latestScan { state }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: '{ "first": 10 }',
  },
  {
    id: 'where-is',
    title: 'Where is a component?',
    text: 'Versions of a component in all images, narrowed by a version range.',
    query: `query WhereIs($search: ComponentSearchInput!) {
  searchComponents(search: $search, first: 20) {
    ... on ComponentSearchPayload {
      totalCount
      imageCount
      edges { node { packageKey version imageCount projectCount } }
    }
    ... on ValidationProblem { message issues { field message } }
  }
}`,
    variables: '{ "search": { "text": "openssl", "versionRange": "< 3.0.15" } }',
  },
  {
    id: 'sbom',
    title: 'SBOM documents of images',
    text: 'Paths to download from this server with the same token.',
    query: `query Documents {
  images(first: 10) {
    edges {
      node {
        name
        tag
        content { downloads { label path } }
      }
    }
  }
}`,
    variables: '{}',
  },
  {
    id: 'scans',
    title: 'Failed scans with the cause',
    text: 'What went wrong, what to do, and whether trying again can help.',
    query: `query FailedScans {
  scans(first: 20, filter: { states: [FAILED] }) {
    edges {
      node {
        id
        image { name tag }
        endedAt
        failure { heading message remedy retryable }
      }
    }
  }
}`,
    variables: '{}',
  },
  {
    id: 'compare',
    title: 'Compare two images',
    text: 'Components that differ, what adds risk first. Take two ids from "Images and their results".',
    query: `query Compare($from: ID!, $to: ID!) {
  compareImages(from: $from, to: $to) {
    componentCounts { added removed upgraded downgraded unchanged }
    components(first: 20) {
      edges { node { kind name fromVersions toVersions } }
    }
  }
}`,
    variables: '{ "from": "", "to": "" }',
  },
  {
    id: 'scan-again',
    title: 'Scan an image again',
    text: 'Starts a scan. Needs the scope SCAN.',
    query: `mutation ScanAgain($imageId: ID!) {
  requestScan(imageId: $imageId) {
    ... on ScanPayload { scan { id state } }
    ... on Problem { code message }
  }
}`,
    variables: '{ "imageId": "" }',
  },
];
