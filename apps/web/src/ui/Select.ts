/** The kit's part as it is; pages reach it through this file. */
export { default as Select } from '@cloudscape-design/components/select';
