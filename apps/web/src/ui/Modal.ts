/** The kit's part as it is; pages reach it through this file. */
export { default as Modal } from '@cloudscape-design/components/modal';
