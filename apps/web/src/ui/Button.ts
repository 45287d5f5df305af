/** The kit's part as it is; pages reach it through this file. */
export { default as Button } from '@cloudscape-design/components/button';
