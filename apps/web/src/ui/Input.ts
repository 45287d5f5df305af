/** The kit's part as it is; pages reach it through this file. */
export { default as Input } from '@cloudscape-design/components/input';
