import { describe, expect, it } from 'vitest';
import { findBaseImage, type BuildStep } from './base-image.js';

const layer = (createdBy: string): BuildStep => ({ createdBy, emptyLayer: false });
const empty = (createdBy: string): BuildStep => ({ createdBy, emptyLayer: true });

describe('findBaseImage', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly BuildStep[], ReturnType<typeof findBaseImage>, number?]>([
    [
      'the layers before the last command that is not the image’s own',
      {},
      [layer('ADD rootfs.tar.xz / # buildkit'), empty('CMD ["bash"]'), layer('RUN apt-get install'), layer('COPY app /'), empty('CMD ["/app"]')],
      { layerCount: 1, knownBy: 'history' },
    ],
    [
      'a base that was built on a base',
      {},
      [layer('ADD file:1 in /'), empty('/bin/sh -c #(nop)  CMD ["bash"]'), layer('RUN node'), empty('/bin/sh -c #(nop)  ENTRYPOINT ["docker-entrypoint.sh"]'), empty('/bin/sh -c #(nop)  CMD ["node"]'), layer('COPY app /')],
      { layerCount: 2, knownBy: 'history' },
    ],
    [
      'its name by the labels',
      { 'org.opencontainers.image.base.name': 'docker.io/library/debian:12', 'org.opencontainers.image.base.digest': 'sha256:1' },
      [layer('ADD'), empty('CMD ["bash"]'), layer('RUN')],
      { layerCount: 1, name: 'docker.io/library/debian:12', digest: 'sha256:1', knownBy: 'history' },
    ],
    ['a name alone where the history says nothing', { 'org.opencontainers.image.base.name': 'debian:12' }, [], { name: 'debian:12', knownBy: 'labels' }],
    ['nothing of an image that only sets its own command', {}, [layer('ADD'), layer('RUN'), empty('CMD ["x"]')], undefined],
    ['nothing of a history that does not speak of every layer', {}, [layer('ADD'), empty('CMD ["bash"]'), layer('RUN'), layer('RUN')], undefined, 4],
    ['nothing of a command before any layer', {}, [empty('CMD ["x"]'), layer('ADD'), layer('RUN')], undefined],
  ])('tells %s', (_what, labels, history, expected, layerCount) => {
    expect(findBaseImage(labels, history, layerCount ?? history.filter(({ emptyLayer }) => !emptyLayer).length)).toEqual(expected);
  });
});
