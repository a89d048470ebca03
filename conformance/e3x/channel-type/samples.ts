/** Hashnames and ids that the cases of channel types share. */
export const ALICE = 'uvabrvfqacyvgcu3kbrrmk6apjbvgvn2wjechqr3vf4c4zm3hv7a';
export const BOB = 'frnfke2szyna2vwkge6eubxtnkj46rtctqk7g7ewbvfiesycbjda';
export const CAROL = 'jvdoio6kjvf3yqnxfvck43twaibbg4pmb7y3mqnvxafb26rqllwa';
export const CHAT = 'sgoomt3lqqkia';
export const MESSAGE = 'cn33wzacvwfya';
export const BOX = '851042800434dd49';
