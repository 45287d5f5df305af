/** In the address: components that declare no licence. No licence is called this; SPDX has `NONE` for another meaning. */
export const noLicence = '-';
