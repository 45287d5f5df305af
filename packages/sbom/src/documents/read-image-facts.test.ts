import { describe, expect, it } from 'vitest';
import type { Component } from '../catalogue.js';
import { readDistribution } from './read-image-facts.js';
import type { DocumentComponent } from './sbom-document.js';

const operatingSystem = (name: string, version: string, properties: DocumentComponent['properties'] = []): DocumentComponent => ({
  reference: 'os', type: 'operating-system', name, version, properties, creators: [], licences: [], hashes: [], cpes: [], otherIdentifiers: [], references: [], paths: [],
});

const installed = (distro: string): Component => ({
  id: 'a', ecosystem: 'rpm', name: 'bash', version: '1', packageUrl: `pkg:rpm/bash@1?distro=${encodeURIComponent(distro)}`, licences: [], locations: [], cataloguer: 'test',
});

describe('the distribution, by the names of os-release', () => {
  it.each([
    ['redhat', '9.3', 'rhel', '9.3'],
    ['amazon', '2 (Karoo)', 'amzn', '2'],
    ['amazon', '2023.3.20240312 (Amazon Linux)', 'amzn', '2023.3.20240312'],
    ['oracle', '8.9', 'ol', '8.9'],
    ['alma', '9.3', 'almalinux', '9.3'],
    ['centos-stream', '9', 'centos', '9'],
    ['cbl-mariner', '2.0.20240123', 'mariner', '2.0.20240123'],
    ['opensuse.leap', '15.5', 'opensuse-leap', '15.5'],
    ['opensuse-leap', '15.5', 'opensuse-leap', '15.5'],
    ['opensuse.tumbleweed', '20240101', 'opensuse-tumbleweed', '20240101'],
    ['suse linux enterprise server', '15.5', 'sles', '15.5'],
    ['sles', '15.5', 'sles', '15.5'],
    ['rocky', '9.3', 'rocky', '9.3'],
    ['debian', '12.4', 'debian', '12.4'],
  ])('%s %s is %s %s', (name, version, id, versionId) => {
    expect(readDistribution(operatingSystem(name, version), [])).toEqual({ id, idLike: [], versionId });
    expect(readDistribution(undefined, [installed(`${name}-${version}`)])).toEqual({ id, idLike: [], versionId });
  });

  it('is left as it is where the document says it by the id', () => {
    expect(readDistribution(operatingSystem('Red Hat', '9', [{ name: 'syft:distro:id', value: 'oracle' }]), [])).toMatchObject({ id: 'oracle' });
  });
});
