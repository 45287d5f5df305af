/** The kit's part as it is; pages reach it through this file. */
export { default as DateInput } from '@cloudscape-design/components/date-input';
