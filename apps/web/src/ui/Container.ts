/** The kit's part as it is; pages reach it through this file. */
export { default as Container } from '@cloudscape-design/components/container';
