/** Stands where AWS's own code would: AWS sees nothing wrong with a role that asks for no external ID. */
export const unsafeRoleCode = 'ExternalIdNotRequired';
