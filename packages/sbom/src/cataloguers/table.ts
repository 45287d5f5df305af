import { apkCataloguer } from './apk/cataloguer.js';
import { binaryCataloguer } from './binary/cataloguer.js';
import type { Cataloguer } from './cataloguer.js';
import { dotnetCataloguer } from './dotnet/cataloguer.js';
import { dpkgCataloguer } from './dpkg/cataloguer.js';
import { executablesCataloguer } from './executables/cataloguer.js';
import { golangCataloguer } from './golang/cataloguer.js';
import { graalvmCataloguer } from './graalvm/cataloguer.js';
import { javaCataloguer } from './java/cataloguer.js';
import { npmCataloguer } from './npm/cataloguer.js';
import { operatingSystemCataloguer } from './operating-system/cataloguer.js';
import { phpCataloguer } from './php/cataloguer.js';
import { pythonCataloguer } from './python/cataloguer.js';
import { rpmCataloguer } from './rpm/cataloguer.js';
import { rustCataloguer } from './rust/cataloguer.js';
import { rubyCataloguer } from './ruby/cataloguer.js';
import { pacmanCataloguer } from './pacman/cataloguer.js';
import { portageCataloguer } from './portage/cataloguer.js';
import { opkgCataloguer } from './opkg/cataloguer.js';
import { nixCataloguer } from './nix/cataloguer.js';
import { bottlerocketCataloguer } from './bottlerocket/cataloguer.js';
import { condaCataloguer } from './conda/cataloguer.js';
import { chiselCataloguer } from './chisel/cataloguer.js';
import { jvmCataloguer } from './jvm/cataloguer.js';
import { bitnamiCataloguer } from './bitnami/cataloguer.js';
import { embeddedSbomCataloguer } from './embedded-sbom/cataloguer.js';
import { cranCataloguer } from './cran/cataloguer.js';
import { luarocksCataloguer } from './luarocks/cataloguer.js';
import { otpCataloguer } from './otp/cataloguer.js';
import { hackageCataloguer } from './hackage/cataloguer.js';
import { wordpressCataloguer } from './wordpress/cataloguer.js';
import { pearCataloguer } from './pear/cataloguer.js';
import { kernelCataloguer } from './kernel/cataloguer.js';
import { lockfilesCataloguer } from './lockfiles/cataloguer.js';
import { windowsProgramsCataloguer } from './windows-programs/cataloguer.js';
import { windowsRegistryCataloguer } from './windows-registry/cataloguer.js';
import { licenceTextsCataloguer } from './licence-texts/cataloguer.js';

/** Every cataloguer there is. A further ecosystem is a folder beside this file and a line in this table. */
export const cataloguers: readonly Cataloguer[] = [
  operatingSystemCataloguer,
  dpkgCataloguer,
  apkCataloguer,
  rpmCataloguer,
  chiselCataloguer,
  pacmanCataloguer,
  portageCataloguer,
  opkgCataloguer,
  nixCataloguer,
  bottlerocketCataloguer,
  condaCataloguer,
  npmCataloguer,
  pythonCataloguer,
  golangCataloguer,
  rustCataloguer,
  javaCataloguer,
  graalvmCataloguer,
  dotnetCataloguer,
  phpCataloguer,
  rubyCataloguer,
  cranCataloguer,
  luarocksCataloguer,
  otpCataloguer,
  hackageCataloguer,
  wordpressCataloguer,
  pearCataloguer,
  kernelCataloguer,
  bitnamiCataloguer,
  jvmCataloguer,
  embeddedSbomCataloguer,
  lockfilesCataloguer,
  licenceTextsCataloguer,
  windowsRegistryCataloguer,
  windowsProgramsCataloguer,
  executablesCataloguer,
  binaryCataloguer,
];
