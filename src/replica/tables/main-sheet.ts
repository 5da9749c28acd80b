/** Defined name in our workbooks for the sheet that an import reads, because the first sheet only describes the file. */
export const MAIN_SHEET_NAME = 'stormroom.main'
