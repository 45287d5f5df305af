import { classifyLicenceText, type ClassifiedLicence } from '../../licences/classify-licence-text.js';
import { baseName } from '../../layers/layer-path.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';

const maximumTextBytes = 256 * 1024;
const textName = /^(?:licen[cs]e|copying|unlicense)(?:[-.][\w.-]*)?$/i;

/** Texts of licences that lie beside software; the catalogue takes them for packages that declare none. Makes no components. */
export const licenceTextsCataloguer = defineCataloguer<ClassifiedLicence>({
  name: 'licence-texts',
  version: 1,
  wants: (path, _mode, sizeBytes) => sizeBytes <= maximumTextBytes && textName.test(baseName(path)) && !/\.(?:js|ts|py|php|rb|json|html?)$/i.test(path),
  extract({ content }): Extraction<ClassifiedLicence> {
    const fact = classifyLicenceText(content.toString());
    return fact === undefined ? {} : { fact };
  },
  assemble: () => ({ components: [] }),
});
