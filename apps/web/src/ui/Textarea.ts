/** The kit's part as it is; pages reach it through this file. */
export { default as Textarea } from '@cloudscape-design/components/textarea';
