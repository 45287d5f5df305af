/** Topic that wakes whoever waits for a check of a connection to be due. The database says which; the payload says nothing. */
export const checkDueTopic = 'check-due';
