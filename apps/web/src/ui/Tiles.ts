/** The kit's part as it is; pages reach it through this file. */
export { default as Tiles } from '@cloudscape-design/components/tiles';
