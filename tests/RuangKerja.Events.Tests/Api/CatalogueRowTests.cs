using System.Text;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class CatalogueRowTests
{
    [Theory]
    [InlineData("""{"serial":"S","name":"N","description":5}""", "S", "N", null)]
    [InlineData("""{"name":null}""", null, null, null)]
    [InlineData("""{"serial":5,"name":"N"}""", null, "N", "serial is a number, expected a string")]
    [InlineData("""{"serial":"S","name":["N"]}""", "S", null, "name is an array, expected a string")]
    [InlineData("""{"serial":"S","serial":"S"}""", null, null, "serial appears more than once")]
    [InlineData("false", null, null, "the item is a boolean, expected an object")]
    public void Item_is_a_row_with_what_is_wrong_told(string item, string? serial, string? name, string? malformation)
    {
        var row = CatalogueRow.Parse(Encoding.UTF8.GetBytes(item));

        row.Malformations.ShouldBe(malformation is null ? [] : [malformation]);
        row.ShouldBe(new CatalogueRow(serial, name, item, row.Malformations));
    }
}
