/** The kit's part as it is; pages reach it through this file. */
export { default as Wizard } from '@cloudscape-design/components/wizard';
