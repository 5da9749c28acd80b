/** The defined name by which a workbook of ours says which of its sheets an import takes: the first one tells only what the file is. */
export const MAIN_SHEET_NAME = 'stormroom.main'
