/** The kit's part as it is; pages reach it through this file. */
export { default as Spinner } from '@cloudscape-design/components/spinner';
