"""Parts that only Excel and WPS write, put into a package by hand in their manner."""

import io
import re
import zipfile

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MS = "http://schemas.microsoft.com/office"
_MAIN_2009 = f"{_MS}/spreadsheetml/2009/9/main"
_EMPTY_RELATIONS = (
    f"{_XML}<Relationships"
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
_FIXED_TIME = (2023, 3, 1, 9, 0, 0)

_CONTROLS = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14">'
    '<control shapeId="2060" r:id="rId902" name="Check Box 12"><controlPr defaultSize="0"'
    ' autoFill="0" autoLine="0" autoPict="0"><anchor moveWithCells="1"><from><xdr:col>11</xdr:col>'
    "<xdr:colOff>0</xdr:colOff><xdr:row>11</xdr:row><xdr:rowOff>0</xdr:rowOff></from><to>"
    "<xdr:col>13</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>12</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    "</to></anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls></mc:Choice>"
    "</mc:AlternateContent>"
)
# Excel ends the line in a control's text with a bare <br>: VML is not always well-formed.
_CHECKBOX = (
    '<v:shape id="_x0000_s2060" type="#_x0000_t201" style=\'position:absolute;margin-left:600pt;'
    'margin-top:200pt;width:90pt;height:16pt;z-index:9\' filled="f" stroked="f"'
    " o:insetmode=\"auto\"><v:textbox style='mso-direction-alt:auto'><div style='text-align:left'>"
    '已公示<br></div></v:textbox><x:ClientData ObjectType="Checkbox"><x:Anchor>11, 0, 11, 0, 13, 0,'
    " 12, 0</x:Anchor><x:AutoFill>False</x:AutoFill><x:Checked>1</x:Checked>"
    "<x:FmlaLink>$M$12</x:FmlaLink></x:ClientData></v:shape>"
)
_VALIDATION = (
    '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
    f' xmlns:x14="{_MAIN_2009}"><x14:dataValidations count="1"'
    f' xmlns:xm="{_MS}/excel/2006/main"><x14:dataValidation type="list" allowBlank="1">'
    "<x14:formula1><xm:f>选项!$A$1:$A$4</xm:f></x14:formula1><xm:sqref>J24</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext>"
)
_ROOT_NAMESPACES = (
    ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    f' xmlns:xr="{_MS}/spreadsheetml/2014/revision"'
)


def add_foreign_parts(data: bytes, sheet: str, picture: bytes) -> bytes:
    """The package with a control, custom XML, a threaded comment, WPS pictures and more in it."""
    parts = _Parts(data, sheet)
    _add_printer(parts)
    _add_control(parts)
    _add_sheet_extras(parts)
    _add_threaded_comment(parts)
    _add_wps_picture(parts, picture)
    _add_custom_xml(parts)
    _add_external_link(parts)
    _add_calculation_chain(parts)
    return parts.to_bytes()


class _Parts:
    """The parts by name, and the texts of the sheet that gets the extras."""

    def __init__(self, data: bytes, sheet: str) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.all = {name: archive.read(name) for name in archive.namelist()}
        self.sheet_part = sheet
        folder, _, name = sheet.rpartition("/")
        self.sheet_relations = f"{folder}/_rels/{name}.rels"
        self.sheet = self.all[sheet].decode()

    def override(self, part: str, content_type: str) -> None:
        entry = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
        self._replace("[Content_Types].xml", "</Types>", entry)

    def default(self, extension: str, content_type: str) -> None:
        entry = f'<Default Extension="{extension}" ContentType="{content_type}"/><Override'
        self._replace("[Content_Types].xml", "<Override", entry)

    def relate(self, relations: str, number: int, kind: str, target: str, mode: str = "") -> None:
        kind = kind if kind.startswith("http") else f"{_OFFICE}/{kind}"
        self.all.setdefault(relations, _EMPTY_RELATIONS.encode())
        external = f' TargetMode="{mode}"' if mode else ""
        entry = f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"{external}/>'
        self._replace(relations, "</Relationships>", f"{entry}</Relationships>")

    def to_bytes(self) -> bytes:
        self.all[self.sheet_part] = self.sheet.encode()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.all.items():
                info = zipfile.ZipInfo(name, _FIXED_TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return out.getvalue()

    def _replace(self, part: str, old: str, new: str) -> None:
        text = self.all[part].decode()
        assert old in text
        self.all[part] = text.replace(old, new, 1).encode()


def _add_printer(parts: _Parts) -> None:
    parts.all["xl/printerSettings/printerSettings1.bin"] = b"H\0P\0" + bytes(range(256)) * 4
    parts.default(
        "bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
    )
    target = "../printerSettings/printerSettings1.bin"
    parts.relate(parts.sheet_relations, 901, "printerSettings", target)
    parts.sheet = parts.sheet.replace("<pageSetup ", '<pageSetup r:id="rId901" ', 1)


def _add_control(parts: _Parts) -> None:
    part = "xl/ctrlProps/ctrlProp9.xml"
    parts.all[part] = (
        f'{_XML}<formControlPr xmlns="{_MAIN_2009}" objectType="CheckBox" checked="Checked"'
        ' fmlaLink="$M$12" lockText="1" noThreeD="1"/>'
    ).encode()
    parts.override(part, "application/vnd.ms-excel.controlproperties+xml")
    parts.relate(parts.sheet_relations, 902, "ctrlProp", "../ctrlProps/ctrlProp9.xml")
    vml = next(
        name
        for name, data in parts.all.items()
        if name.endswith(".vml") and b'ObjectType="Button"' in data
    )
    parts.all[vml] = parts.all[vml].replace(b"</xml>", _CHECKBOX.encode() + b"</xml>")
    parts.sheet = re.sub(
        r"<legacyDrawingHF [^>]*/>", lambda match: match[0] + _CONTROLS, parts.sheet, count=1
    )
    assert _CONTROLS in parts.sheet


def _add_sheet_extras(parts: _Parts) -> None:
    """Namespaces and a revision id as Excel writes them, a list from another sheet."""
    root = re.search(r"<worksheet [^>]*>", parts.sheet)
    assert root
    parts.sheet = parts.sheet.replace(
        root[0],
        f'{root[0][:-1]}{_ROOT_NAMESPACES} xr:uid="{{11111111-2222-3333-4444-555555555555}}">',
        1,
    )
    at = parts.sheet.rindex("<extLst>") + len("<extLst>")
    parts.sheet = parts.sheet[:at] + _VALIDATION + parts.sheet[at:]


def _add_threaded_comment(parts: _Parts) -> None:
    kind = "spreadsheetml/2018/threadedcomments"
    part, person = "xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml"
    parts.all[person] = (
        f'{_XML}<personList xmlns="{_MS}/{kind}"><person displayName="审核人" id="{{B1}}"'
        ' userId="u" providerId="None"/></personList>'
    ).encode()
    parts.all[part] = (
        f'{_XML}<ThreadedComments xmlns="{_MS}/{kind}"><threadedComment ref="H9"'
        ' dT="2023-03-01T10:00:00.00" personId="{B1}" id="{C1}"><text>请补充</text>'
        "</threadedComment></ThreadedComments>"
    ).encode()
    parts.override(person, "application/vnd.ms-excel.person+xml")
    parts.override(part, "application/vnd.ms-excel.threadedcomments+xml")
    parts.relate(
        _WORKBOOK_RELATIONS, 905, f"{_MS}/2017/10/relationships/person", "persons/person.xml"
    )
    parts.relate(
        parts.sheet_relations,
        906,
        f"{_MS}/2017/10/relationships/threadedComment",
        "../threadedComments/threadedComment1.xml",
    )


def _add_wps_picture(parts: _Parts, picture: bytes) -> None:
    """A picture in a cell, which WPS keeps in a part of its own."""
    wps = "http://www.wps.cn/officeDocument"
    part = "xl/cellimages.xml"
    parts.all[part] = (
        f'{_XML}<etc:cellImages xmlns:etc="{wps}/2017/etCustomData" xmlns:r="{_OFFICE}"'
        ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><etc:cellImage><xdr:pic>'
        '<xdr:nvPicPr><xdr:cNvPr id="2" name="ID_A1B2"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        '<xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill><xdr:spPr/></xdr:pic>'
        "</etc:cellImage></etc:cellImages>"
    ).encode()
    parts.all["xl/media/image99.png"] = picture
    parts.override(part, "application/vnd.wps-officedocument.cellimage+xml")
    parts.relate("xl/_rels/cellimages.xml.rels", 1, "image", "media/image99.png")
    parts.relate(_WORKBOOK_RELATIONS, 903, f"{wps}/2020/cellImage", "cellimages.xml")


def _add_custom_xml(parts: _Parts) -> None:
    parts.all["customXml/item1.xml"] = '<a:doc xmlns:a="urn:gov:oa"><a:号>1</a:号></a:doc>'.encode()
    parts.all["customXml/itemProps1.xml"] = (
        f'{_XML}<ds:datastoreItem ds:itemID="{{A1}}"'
        ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    ).encode()
    parts.override(
        "customXml/itemProps1.xml",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    parts.relate("customXml/_rels/item1.xml.rels", 1, "customXmlProps", "itemProps1.xml")
    parts.relate(_WORKBOOK_RELATIONS, 904, "customXml", "../customXml/item1.xml")


def _add_external_link(parts: _Parts) -> None:
    part = "xl/externalLinks/externalLink1.xml"
    parts.all[part] = (
        f'{_XML}<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        f' xmlns:r="{_OFFICE}"><externalBook r:id="rId1"><sheetNames><sheetName val="表"/>'
        "</sheetNames></externalBook></externalLink>"
    ).encode()
    parts.override(
        part, "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    )
    relations = "xl/externalLinks/_rels/externalLink1.xml.rels"
    parts.relate(relations, 1, "externalLinkPath", "budget.xlsx", "External")
    parts.relate(_WORKBOOK_RELATIONS, 908, "externalLink", "externalLinks/externalLink1.xml")
    text = parts.all["xl/workbook.xml"].decode()
    entry = '</sheets><externalReferences><externalReference r:id="rId908"/></externalReferences>'
    parts.all["xl/workbook.xml"] = text.replace("</sheets>", entry, 1).encode()


def _add_calculation_chain(parts: _Parts) -> None:
    cells = re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f', parts.sheet)
    part = "xl/calcChain.xml"
    parts.all[part] = (
        f'{_XML}<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + "".join(f'<c r="{cell}" i="2"/>' for cell in cells)
        + "</calcChain>"
    ).encode()
    parts.override(
        part, "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    )
    parts.relate(_WORKBOOK_RELATIONS, 907, "calcChain", "calcChain.xml")
