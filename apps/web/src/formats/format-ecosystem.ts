const names: Readonly<Record<string, string>> = {
  maven: 'Maven', deb: 'deb', apk: 'apk', rpm: 'RPM', npm: 'npm', pypi: 'PyPI', golang: 'Go', go: 'Go', gem: 'RubyGems', cargo: 'Cargo',
  nuget: 'NuGet', composer: 'Composer', generic: 'binary', conan: 'Conan', hex: 'Hex', pub: 'pub', swift: 'Swift', cocoapods: 'CocoaPods',
  alpm: 'pacman', ebuild: 'Portage', nix: 'Nix', bottlerocket: 'Bottlerocket', bitnami: 'Bitnami', conda: 'conda', pear: 'PEAR', wordpress: 'WordPress', cran: 'CRAN',
  luarocks: 'LuaRocks', otp: 'Erlang', julia: 'Julia', hackage: 'Hackage',
};

/** The name people use for a package type: `pypi` is "PyPI". An unknown type stays as it is. */
export function formatEcosystem(ecosystem: string): string {
  return names[ecosystem.toLowerCase()] ?? ecosystem;
}
