import { describe, expect, it } from 'vitest';
import { openSource } from './open-source.js';

describe('--plain-http', () => {
  it.each(['registry.example.org/app:1', 'registry.example.org:5000/app:1', '10.0.0.5:5000/app:1', 'localhost.example.org/app:1'])('is refused for %s', async (source) => {
    await expect(openSource({ kind: 'registry', text: source }, { plainHttp: true, username: 'robot', password: 'secret' })).rejects.toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringMatching(/^--plain-http is for registries on this machine; /) }),
    );
  });

  it.each([
    ['localhost:5000/app:1', { name: 'localhost:5000/app', tag: '1' }],
    ['127.0.0.1:5000/team/app', { name: '127.0.0.1:5000/team/app' }],
  ])('is taken for %s', async (source, image) => {
    const opened = await openSource({ kind: 'registry', text: source }, { plainHttp: true });
    expect(opened.image).toEqual(image);
    await opened.source[Symbol.asyncDispose]();
  });
});
