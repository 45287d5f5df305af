/** The kit's part as it is; pages reach it through this file. */
export { default as ExpandableSection } from '@cloudscape-design/components/expandable-section';
