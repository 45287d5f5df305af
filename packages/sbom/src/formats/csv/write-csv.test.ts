import { expect, it } from 'vitest';
import { exampleCatalogue } from '../../test-support/example-catalogue.js';
import { writeCsv } from './write-csv.js';

it('is one line a component, quoted as RFC 4180 says, and no cell is a formula', () => {
  const [first] = exampleCatalogue.components;
  const components = first === undefined ? [] : [{ ...first, name: '=cmd|x', supplier: 'A, "B"\nC', licences: [{ declared: '+1' }, { declared: 'MIT', spdxExpression: 'MIT' }], ownedBy: '-1' }];
  expect([...writeCsv({ ...exampleCatalogue, components })].join('')).toBe(
    [
      'name,version,ecosystem,package-url,licences,supplier,architecture,source-name,source-version,layer,path,owned-by,cataloguer',
      `'=cmd|x,3.0.11-1,deb,pkg:deb/debian/libssl3@3.0.11-1?arch=arm64&distro=debian-12&upstream=openssl,'+1; MIT,"A, ""B""\nC",arm64,openssl,3.0.11-1,0,/var/lib/dpkg/status,'-1,dpkg`,
      '',
    ].join('\r\n'),
  );
});
