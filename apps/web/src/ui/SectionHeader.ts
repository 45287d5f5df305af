/** The heading of a container or a table; the heading of a page is `PageHeader`. */
export { default as SectionHeader } from '@cloudscape-design/components/header';
